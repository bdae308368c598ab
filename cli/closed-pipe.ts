// `launchbook … | head` closes the pipe while we write. What nobody reads is dropped; a run is not stopped in the middle of a step for it.

/** From now on a reader that goes away is no error. */
export function outliveReaders(streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!CLOSED.has(error.code ?? '')) {
        throw error;
      }
    });
  }
}

const CLOSED: ReadonlySet<string> = new Set(['EPIPE', 'ERR_STREAM_DESTROYED']);
