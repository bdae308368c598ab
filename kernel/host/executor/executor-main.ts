// Entry point of the executor process: the only place where the process that runs cells meets the helper library. Reading that takes
// 30 ms and 10 MB, and many cells never use it, so it is read at the first use of one of its names.
import { createRequire } from 'node:module';
import { serveExecutor } from '../../executor/inside/serve.js';
import { makeTslabModule } from '../../executor/inside/tslab-module.js';
import { makeExecutorPorts } from './executor-ports.js';
import { INJECTED_NAMES } from '../../../contract/notebook/injected-names.js';
import type * as Library from './library.js';
import { readSettings } from '../../../run/profile/executor-settings.js';

const require = createRequire(import.meta.url);

serveExecutor({
  setup(link, settings) {
    const known = readSettings(settings);
    process.chdir(known.folder);
    const ports = makeExecutorPorts(link, known);
    let library: Record<string, unknown> | undefined;
    const readLibrary = (): Record<string, unknown> => {
      if (library === undefined) {
        const {
          library: read,
          connectHost,
          endBackground,
          forgetRollbacks
        } = require('./library.js') as typeof Library;
        connectHost(ports);
        link.onNotify((method, ids) => {
          if (method === 'rollback.undone') {
            forgetRollbacks(ids as string[]);
          } else if (method === 'background.end') {
            void endBackground(ids as string[]);
          }
        });
        library = read;
      }
      return library;
    };
    const tslab = makeTslabModule(link);
    return {
      globals: Object.fromEntries(INJECTED_NAMES.map(name => [name, () => readLibrary()[name]])),
      modules: { launchbook: readLibrary, tslab: () => tslab }
    };
  }
});
