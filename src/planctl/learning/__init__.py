"""An office's filled-in Word sheet as a template: what is data gives way to tags, all else stays as it stands."""
