// What runs in JupyterLab's page. Each function is sent there as text, so it uses nothing but its arguments and the page.

/**
 * Opens a notebook. Tells when that began, when it was revealed and when every cell was drawn (`Date.now()`), and how much of it was
 * changed. `isRevealAlone` waits for nothing else.
 */
export async function openNotebook({ path, isRevealAlone = false }) {
  const app = globalThis.jupyterapp;
  const begin = Date.now();
  const panel = await app.commands.execute('docmanager:open', { path });
  await panel.revealed;
  const revealed = Date.now();
  if (isRevealAlone) {
    return { begin, revealed };
  }
  while (panel.content.widgets.some(cell => cell.isPlaceholder())) {
    await new Promise(resolve => setTimeout(resolve, 25));
  }
  const rendered = Date.now();
  await panel.sessionContext.ready;
  // Whatever an extension writes, it has written by now.
  await new Promise(resolve => setTimeout(resolve, 1000));
  const file = await app.serviceManager.contents.get(path, { type: 'notebook', content: true });
  // JupyterLab itself writes the kernel's name and language, and whether a cell is trusted.
  const OF_CORE = ['trusted', 'kernelspec', 'language_info'];
  const textOf = metadata =>
    JSON.stringify(Object.entries(metadata).filter(([key]) => !OF_CORE.includes(key)));
  const { model } = panel.content;
  const writes =
    [...model.cells].filter(
      (cell, index) => textOf(cell.metadata) !== textOf(file.content.cells[index].metadata)
    ).length + (textOf(model.metadata) === textOf(file.content.metadata) ? 0 : 1);
  return { begin, revealed, rendered, writes };
}

/** Runs the current notebook by `command`: until its last cell is through, and the longest task that kept the page from answering. */
export async function runNotebook({ command }) {
  const app = globalThis.jupyterapp;
  const { content, sessionContext } = app.shell.currentWidget;
  await sessionContext.session.kernel.info;
  const cells = content.widgets.filter(cell => cell.model.type === 'code');
  const blocked = [];
  const observer = new PerformanceObserver(list =>
    list.getEntries().forEach(entry => blocked.push(entry.duration))
  );
  observer.observe({ type: 'longtask' });
  const begin = performance.now();
  await app.commands.execute(command);
  const totalMs = performance.now() - begin;
  await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve, 200)));
  observer.disconnect();
  const done = cells.filter(cell => cell.model.executionCount !== null).length;
  if (done !== cells.length) {
    throw new Error(`${command} ran ${done} of ${cells.length} cells`);
  }
  return { totalMs, blockedMs: Math.max(0, ...blocked), cells: cells.length };
}

/** Put into the page before anything else: counts the timers that code from `part` of the server has running. */
export function watchTimers(part) {
  const running = new Map();
  const isOf = () => (new Error().stack ?? '').includes(part);
  const wrap = (set, clear, repeats) => {
    const original = globalThis[set].bind(globalThis);
    const stop = globalThis[clear].bind(globalThis);
    globalThis[set] = (handle, ms, ...args) => {
      const own = isOf();
      const timer = original(
        (...given) => {
          if (!repeats) {
            running.delete(timer);
          }
          handle(...given);
        },
        ms,
        ...args
      );
      if (own) {
        running.set(timer, `${set} ${ms}`);
      }
      return timer;
    };
    globalThis[clear] = timer => {
      running.delete(timer);
      stop(timer);
    };
  };
  Error.stackTraceLimit = 30;
  wrap('setInterval', 'clearInterval', true);
  wrap('setTimeout', 'clearTimeout', false);
  globalThis.runningTimers = () => [...running.values()];
}
