// The whole lines of a growing file, up to a length that is known to be sound. Read piece by piece, so that a reader of a long
// journal does not hold up the process that writes it.
import { openFileOfRun } from '../files/read-file.js';

const LINE_FEED = 0x0a;

/** Lines (without line feeds) of the first `bytes` bytes of a file in UTF-8. A last line without its line feed is left out. */
export async function* linesOfFile(path: string, bytes: number): AsyncGenerator<string> {
  if (bytes === 0) {
    return;
  }
  let rest: Buffer[] = [];
  const file = await openFileOfRun(path, 'journal');
  for await (const chunk of file.createReadStream({ start: 0, end: bytes - 1 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let feed = chunk.indexOf(LINE_FEED); feed >= 0; feed = chunk.indexOf(LINE_FEED, start)) {
      yield Buffer.concat([...rest, chunk.subarray(start, feed)]).toString('utf8');
      rest = [];
      start = feed + 1;
    }
    rest.push(chunk.subarray(start));
  }
}
