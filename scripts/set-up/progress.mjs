// Shows that something goes on when it takes longer than two seconds: one line with the elapsed time on a terminal,
// plain lines elsewhere. All progress goes to stderr, so that stdout stays for results.

const QUIET_MS = 2_000;
const PLAIN_INTERVAL_MS = 20_000;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Awaits `body` and shows `title` with the elapsed time when it takes longer than two seconds. */
export async function withProgress(title, body) {
  const startedAt = Date.now();
  const show = process.stderr.isTTY ? showOnTerminal(title, startedAt) : showInLines(title, startedAt);
  try {
    const result = await body();
    show.end('✓');
    return result;
  } catch (error) {
    show.end('✗');
    throw error;
  }
}

/** What goes on at the same time shares the line. */
const running = new Set();

function showOnTerminal(title, startedAt) {
  const own = { title, startedAt };
  running.add(own);
  let frame = 0;
  const timer = setInterval(() => {
    const slow = [...running].filter(each => isSlow(each.startedAt));
    if (slow[0] === own) {
      const texts = slow.map(each => `${each.title} ${elapsed(each.startedAt)}`);
      process.stderr.write(`\r\x1b[2K${FRAMES[frame++ % FRAMES.length]} ${texts.join(', ')}`);
    }
  }, 100);
  return {
    end: mark => {
      clearInterval(timer);
      running.delete(own);
      if (isSlow(startedAt)) {
        process.stderr.write(`\r\x1b[2K${mark} ${title} ${elapsed(startedAt)}\n`);
      }
    }
  };
}

function showInLines(title, startedAt) {
  let timer = setTimeout(() => {
    console.error(`… ${title}`);
    timer = setInterval(() => console.error(`… ${title} ${elapsed(startedAt)}`), PLAIN_INTERVAL_MS);
  }, QUIET_MS);
  return {
    end: mark => {
      clearTimeout(timer);
      if (isSlow(startedAt)) {
        console.error(`${mark} ${title} ${elapsed(startedAt)}`);
      }
    }
  };
}

function isSlow(startedAt) {
  return Date.now() - startedAt >= QUIET_MS;
}

function elapsed(startedAt) {
  return `${Math.round((Date.now() - startedAt) / 1000)} s`;
}
