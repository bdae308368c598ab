// What the commands around whole runs do. Loaded when the first of them is used: most pages never need it.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { summarizePhases } from '../../contract/state/phase-status.js';
import { isAtItsEnd, outcomeOf } from '../../contract/state/run-outcome.js';
import type { IRunRegistry } from '../tokens.js';
import type { Words } from '../page/words.js';
import { askBefore, askForNewRun, showFaults, showText } from './dialogs.js';
import { faultListOf, type FaultList } from './fault-list.js';
import { withLifecycle } from './lifecycle-client.js';
import { firstValues, newRunInput } from './new-run-form.js';
import { saveOpen, whileClosed } from './open-run.js';
import type { ActProgress } from './run-end/act-progress.js';
import { learnedText } from './run-end/learned-text.js';
import { openReport } from './run-end/report-view.js';
import { ARCHIVE_RUN, LEARN_RUN, REPORT_RUN } from './commands.js';

export interface RunActionsParts {
  readonly app: JupyterFrontEnd;
  readonly tracker: INotebookTracker;
  readonly registry: IRunRegistry | null;
  readonly words: Words;
  readonly rendermime: IRenderMimeRegistry;
  readonly progress: ActProgress;
}

/** Makes a run of the runbook at `path`, or of that of the run there, as the person fills the form in, and opens it. */
export async function makeNewRun(path: string, { app, words }: RunActionsParts): Promise<void> {
  await reporting(words.__('New run'), words, () =>
    withLifecycle(app.serviceManager.kernels, async client => {
      const description = await client.ask('describe', { template: path });
      const { template } = description;
      let values = firstValues(description);
      let faults: FaultList | null = null;
      for (;;) {
        const given = await askForNewRun(template, description, values, faults, words);
        if (!given) {
          return;
        }
        values = given;
        try {
          const made = await client.ask('new', newRunInput(template, description, values));
          made.notes.forEach(note => Notification.info(note));
          await app.commands.execute('docmanager:open', { path: made.path });
          return;
        } catch (error) {
          faults = faultListOf(error, words);
        }
      }
    })
  );
}

/** Begins the run at `run` again, after a question. */
export async function resetRun(run: string, parts: RunActionsParts): Promise<void> {
  const { words } = parts;
  const answer = await askBefore(
    {
      title: words.__('Reset this run?'),
      body: words.__(
        '%1 becomes a fresh copy of its runbook. What it is now stays beside it as an attempt, with its journal. Its kernel is shut down first.',
        run
      ),
      accept: words.__('Reset'),
      choice: words.__('Take the runbook as it is committed now')
    },
    words
  );
  if (answer) {
    await reporting(words.__('Reset run'), words, async () => {
      const made = await exclusively(run, true, parts, client =>
        client.ask('reset', { run, latest: answer.isChosen })
      );
      parts.progress.forget(run);
      made.notes.forEach(note => Notification.info(note));
    });
  }
}

/** Commits the run at `run` as the record of what happened, after a question. */
export async function archiveRun(run: string, parts: RunActionsParts): Promise<void> {
  const { words } = parts;
  const answer = await askBefore(
    {
      title: words.__('Archive this run?'),
      body: words.__(
        '%1 is searched for secrets, made readable, committed and tagged. Its kernel is shut down first: variables are gone afterwards.',
        run
      ),
      accept: words.__('Archive'),
      choice: isDone(run, parts) ? null : words.__('It is not finished: archive it anyway')
    },
    words
  );
  if (answer) {
    await acting(
      words.__('Archive run'),
      run,
      ARCHIVE_RUN,
      words.__('Searching, committing…'),
      parts,
      async () => {
        const { tag, commit, isNew, notes } = await exclusively(run, false, parts, client =>
          client.ask('archive', { run, unfinished: answer.isChosen })
        );
        const archived = isNew ? words.__('Archived as %1', tag) : words.__('Already archived as %1', tag);
        const text = `${archived} (${commit.slice(0, 12)})`;
        Notification.success(text, { autoClose: false });
        notes.forEach(note => Notification.info(note));
        return text;
      }
    );
  }
}

/** Shows the after-action report of the run at `run`. */
export async function reportRun(run: string, parts: RunActionsParts): Promise<void> {
  const { app, tracker, rendermime, words } = parts;
  await acting(words.__('Report'), run, REPORT_RUN, words.__('Writing it…'), parts, async () => {
    await saveOpen(run, tracker);
    const report = await withLifecycle(app.serviceManager.kernels, client => client.ask('report', { run }));
    await openReport(run, report, { shell: app.shell, rendermime, words, hasTabs: isLab(app.name) });
    return isLab(app.name) ? words.__('Opened in a tab.') : '';
  });
}

/** Offers the changes of the run at `run` to its runbook. */
export async function learnFromRun(run: string, parts: RunActionsParts): Promise<void> {
  const { app, tracker, words } = parts;
  await acting(
    words.__('Learn from run'),
    run,
    LEARN_RUN,
    words.__('Comparing with the runbook…'),
    parts,
    async () => {
      await saveOpen(run, tracker);
      const learned = await withLifecycle(app.serviceManager.kernels, client => client.ask('learn', { run }));
      const text = learnedText(learned, words);
      Notification.info(text, { autoClose: false });
      return text;
    }
  );
}

/** True when its page is open and says that nothing is left to do. */
function isDone(path: string, { tracker, registry }: RunActionsParts): boolean {
  const panel = tracker.find(each => each.context.path === path);
  const run = panel && registry?.runOf(panel);
  return (
    run !== undefined &&
    run !== null &&
    run.source !== 'none' &&
    isAtItsEnd(outcomeOf(summarizePhases(run.state, run.outline)))
  );
}

/** Tells where the run at `run` stands. */
export async function showRunStatus(run: string, { app, words }: RunActionsParts): Promise<void> {
  await reporting(words.__('Run status'), words, async () => {
    const { text } = await withLifecycle(app.serviceManager.kernels, client => client.ask('status', { run }));
    await showText(words.__('Run status'), text, words);
  });
}

function exclusively<T>(
  run: string,
  isAnew: boolean,
  { app, tracker }: RunActionsParts,
  ask: Parameters<typeof withLifecycle<T>>[1]
): Promise<T> {
  const { kernels, sessions } = app.serviceManager;
  /** JupyterLab can open it again in a tab; other applications have one notebook a page. */
  const open = isLab(app.name)
    ? (path: string): Promise<unknown> => app.commands.execute('docmanager:open', { path })
    : null;
  return whileClosed(run, isAnew, { tracker, sessions, open }, () => withLifecycle(kernels, ask));
}

/** As `app.name` says it. */
function isLab(name: string): boolean {
  return name === 'JupyterLab';
}

/** Does `act` and shows how it goes where it is offered; the text of `act` is its result. Faults are listed in a dialog too. */
async function acting(
  title: string,
  run: string,
  command: string,
  doing: string,
  { progress, words }: RunActionsParts,
  act: () => Promise<string>
): Promise<void> {
  const faultText = (error: unknown): string => {
    const { faults, hint } = faultListOf(error, words);
    return words.__('Not done: %1', [faults.join('; ').replace(/\.$/, ''), hint].filter(Boolean).join('. '));
  };
  await reporting(title, words, () => progress.during(run, command, doing, act, faultText));
}

async function reporting(title: string, words: Words, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    await showFaults(title, error, words);
  }
}
