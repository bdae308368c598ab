// Entry point of the executor process: the only place where the process that runs cells meets the helper library. Reading that takes
// 30 ms and 10 MB, and many cells never use it, so it is read at the first use of one of its names.
import { createRequire } from 'node:module';
import { serveExecutor } from '../executor/serve.js';
import { makeTslabModule } from '../executor/tslab-module.js';
import { makeExecutorPorts } from './executor-ports.js';
import { INJECTED_NAMES } from './injected-names.js';
import type * as Library from './library.js';
import { readSettings } from './profile.js';

const require = createRequire(import.meta.url);

serveExecutor({
  setup(link, settings) {
    const ports = makeExecutorPorts(link, process.cwd(), readSettings(settings));
    let known: Record<string, unknown> | undefined;
    const readLibrary = (): Record<string, unknown> => {
      if (known === undefined) {
        const { library, connectHost, forgetRollbacks } = require('./library.js') as typeof Library;
        connectHost(ports);
        link.onNotify((method, ids) => {
          if (method === 'rollback.undone') {
            forgetRollbacks(ids as string[]);
          }
        });
        known = library;
      }
      return known;
    };
    const tslab = makeTslabModule(link);
    return {
      globals: Object.fromEntries(INJECTED_NAMES.map(name => [name, () => readLibrary()[name]])),
      modules: { launchbook: readLibrary, tslab: () => tslab }
    };
  }
});
