// The kernel's end of the comm `launchbook.lifecycle`: runs the functions of the command `launchbook` for a front end.
// They are loaded when the first request comes: a kernel that runs a release needs none of them.
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { toErrorRecord } from '../../../contract/base/error.js';
import type { Json } from '../../../contract/base/json.js';
import {
  isLifecycleRequest,
  type LifecycleAnswer,
  type LifecycleRequest,
  type LifecycleVerb,
  type LifecycleVerbs
} from '../../../contract/comms/lifecycle-comm.js';
import { sourceFactsOf } from '../../../record/source/source-facts.js';
import type { Comm, CommTarget } from '../../core/ports/ports.js';
import { Hub } from '../../../run/people/hub.js';
import { makeError } from '../../../run/make-error.js';

/** Serves every front end that opens the comm. `folder` is where paths begin. Messages that are no requests are left alone. */
export class LifecycleComm implements CommTarget {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  open(comm: Comm): void {
    comm.onMessage(message => {
      if (isLifecycleRequest(message)) {
        void answer(message, this.#folder).then(reply => comm.send(reply as unknown as Json));
      }
    });
  }
}

async function answer(message: LifecycleRequest, folder: string): Promise<LifecycleAnswer> {
  const { request, verb, input } = message;
  try {
    const act = VERBS[verb] as (input: unknown, places: Places) => Promise<LifecycleAnswer['result']>;
    return { request, result: await act(input, placesIn(folder)), error: null };
  } catch (error) {
    return { request, result: null, error: toErrorRecord(error) };
  }
}

/** Paths as the front end writes them, and back. */
interface Places {
  at(path: string): string;
  shown(path: string): string;
}

const VERBS: {
  readonly [V in LifecycleVerb]: (
    input: LifecycleVerbs[V]['input'],
    places: Places
  ) => Promise<LifecycleVerbs[V]['result']>;
} = {
  describe: async ({ template }, { at, shown }) => {
    const [{ describeTemplate }, { runbookFileOf }] = await Promise.all([
      import('../../../lifecycle/new/describe-template.js'),
      import('../../../lifecycle/git/find-template.js')
    ]);
    const runbook = await runbookFileOf(at(template));
    return { template: shown(runbook), ...describeTemplate(runbook) };
  },
  new: async (input, { at, shown }) => {
    const { newRun } = await import('../../../lifecycle/new/new-run.js');
    const { path, run, notes } = await newRun({ ...input, template: at(input.template) });
    return { path: shown(path), id: run.id, notes };
  },
  import: async ({ file, force }, { at, shown }) => {
    const { importFile } = await import('../../../lifecycle/import/file/import-file.js');
    const request = { file: at(file), format: null, out: null, force, check: false };
    const { path, reportPath, head } = await importFile(request);
    return { path: shown(path), report: shown(reportPath), head };
  },
  reset: async (input, { at, shown }) => {
    const { resetRun } = await import('../../../lifecycle/reset/reset-run.js');
    const { path, run, kept, notes } = await resetRun(at(input.run), { latest: input.latest });
    return { path: shown(path), id: run.id, notes: [...notes, `Kept: ${kept.map(shown).join(', ')}`] };
  },
  archive: async (input, { at }) => {
    const { archiveRun } = await import('../../../lifecycle/archive/archive-run.js');
    const { tag, commit, isNew, notes } = await archiveRun(at(input.run), { unfinished: input.unfinished });
    return { tag, commit, isNew, notes };
  },
  status: async ({ run }, { at }) => {
    const [{ runRehearsals }, { glanceAtRun }, { runStatus }, { STATUS_FORMATS }] = await Promise.all([
      import('../../../lifecycle/rehearsal/run-rehearsals.js'),
      import('../../../lifecycle/status/glance-at-run.js'),
      import('../../../lifecycle/status/run-status.js'),
      import('../../../lifecycle/status/format/formats.js')
    ]);
    const path = at(run);
    const glance = await glanceAtRun(path);
    const rehearsals = await runRehearsals(path, Date.now(), glance.files);
    return {
      text: STATUS_FORMATS.text(runStatus(path, { rehearsals, objections: glance.objections, glance }))
    };
  },
  report: async ({ run }, { at }) => {
    const [{ runReport }, { REPORT_FORMATS }] = await Promise.all([
      import('../../../lifecycle/report/run-report.js'),
      import('../../../lifecycle/report/report-formats.js')
    ]);
    const { report, text } = await runReport(at(run), 'md');
    return { title: report.title, markdown: text, html: REPORT_FORMATS.html(report) };
  },
  learn: async ({ run }, { at }) => {
    const { learnRun } = await import('../../../lifecycle/learn/learn-run.js');
    const { redlines, branch, commit } = await learnRun(at(run));
    return { changes: redlines.map(({ kind, name }) => ({ kind, name })), branch, commit };
  },
  habits: async ({ run }, { at }) => {
    const { habitsOf } = await import('../../../lifecycle/facts/habits.js');
    return habitsOf(at(run));
  },
  rules: async (_input, { at }) => {
    const { lintSettings } = await import('../../../lifecycle/lint/lint-settings.js');
    const isOnHub = new Hub({ environment: process.env }).named !== null;
    return lintSettings(at('.'), isOnHub ? 'authenticated' : 'claimed');
  },
  facts: async ({ texts }) => ({ facts: texts.map(sourceFactsOf) })
};

function placesIn(folder: string): Places {
  return {
    at: path => {
      const absolute = resolve(folder, path);
      const inside = relative(folder, absolute);
      if (isAbsolute(path) || isAbsolute(inside) || inside === '..' || inside.startsWith(`..${sep}`)) {
        throw makeError(
          'BadPathError',
          'lifecycle.bad_path',
          `The path "${path}" leads out of ${folder}; expected one inside of it.`
        );
      }
      return absolute;
    },
    shown: path => relative(folder, path).split(sep).join('/')
  };
}
