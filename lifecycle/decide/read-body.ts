// The body of a post, up to a bound.
import type { IncomingMessage } from 'node:http';

/** The text; null when it is longer than `most` bytes or the sender went away. What is too long is not read to its end. */
export async function readBody(request: IncomingMessage, most: number): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > most) {
    return null;
  }
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > most) {
        return null;
      }
      parts.push(part);
    }
  } catch {
    return null;
  }
  return Buffer.concat(parts).toString('utf8');
}
