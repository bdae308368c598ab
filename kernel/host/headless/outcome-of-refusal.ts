// What it means for a run that a cell or a line command was refused, by the code of the error.

/** `held`: people have to do their part first. `inconclusive`: a person has to say how an effect ended, or what counts. */
export function outcomeOfRefusal(code: string): 'held' | 'inconclusive' | 'failed' {
  if (['effect.inconclusive', 'resume.asked', 'resume.changed'].includes(code)) {
    return 'inconclusive';
  }
  return /^(hold|rehearsal|guard|driver|order|again)\./.test(code) ? 'held' : 'failed';
}
