// Entry point of the executor process: the only place where the process that runs cells meets the helper library.
import * as runbook from '../../runbook/index.js';
import { installPorts } from '../../runbook/context.js';
import { serveExecutor } from '../executor/serve.js';
import { makeTslabModule } from '../executor/tslab-module.js';
import { makeExecutorPorts } from './executor-ports.js';
import { INJECTED_NAMES } from './injected-names.js';
import { profileReader } from './profile.js';

serveExecutor({
  setup(link, settings) {
    installPorts(makeExecutorPorts(link, process.cwd(), profileReader(settings)));
    const tslab = makeTslabModule(link);
    const library = runbook as unknown as Record<string, unknown>;
    return {
      globals: Object.fromEntries(INJECTED_NAMES.map(name => [name, library[name]])),
      modules: { launchbook: () => library, tslab: () => tslab }
    };
  }
});
