// What stays of text that overwrites itself, such as a progress bar.

/** As a terminal leaves it: what comes after a carriage return stands over what was there, a backspace takes a character back. */
export function lastFrame(text: string): string {
  return /[\b\r]/.test(text) ? text.split('\n').map(lastOfLine).join('\n') : text;
}

function lastOfLine(line: string): string {
  let erased = line;
  for (let before = ''; erased !== before;) {
    before = erased;
    erased = erased.replace(/[^\b\r]\x08/g, '');
  }
  return erased
    .replace(/\r+$/, '')
    .split('\r')
    .reduce((under, over) => over + under.slice(over.length));
}
