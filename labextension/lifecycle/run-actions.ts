// What the commands around whole runs do. Loaded when the first of them is used: most pages never need it.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { isPhaseDone, summarizePhases } from '../../contract/state/phase-status.js';
import type { IRunRegistry } from '../tokens.js';
import type { Words } from '../page/words.js';
import { askBefore, askForNewRun, showFaults, showText } from './dialogs.js';
import { faultListOf, type FaultList } from './fault-list.js';
import { withLifecycle } from './lifecycle-client.js';
import { firstValues, newRunInput } from './new-run-form.js';
import { whileClosed } from './open-run.js';

export interface RunActionsParts {
  readonly app: JupyterFrontEnd;
  readonly tracker: INotebookTracker;
  readonly registry: IRunRegistry | null;
  readonly words: Words;
}

/** Makes a run of the runbook at `template`, as the person fills the form in, and opens it. */
export async function makeNewRun(template: string, { app, words }: RunActionsParts): Promise<void> {
  await reporting(words.__('New run'), words, () =>
    withLifecycle(app.serviceManager.kernels, async client => {
      const description = await client.ask('describe', { template });
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
    await reporting(words.__('Archive run'), words, async () => {
      const { tag, commit, isNew, notes } = await exclusively(run, false, parts, client =>
        client.ask('archive', { run, unfinished: answer.isChosen })
      );
      const text = isNew ? words.__('Archived as %1', tag) : words.__('Already archived as %1', tag);
      Notification.success(`${text} (${commit.slice(0, 12)})`, { autoClose: false });
      notes.forEach(note => Notification.info(note));
    });
  }
}

/** True when its page is open and says that nothing is left to do. */
function isDone(path: string, { tracker, registry }: RunActionsParts): boolean {
  const panel = tracker.find(each => each.context.path === path);
  const run = panel && registry?.runOf(panel);
  return (
    run !== undefined &&
    run !== null &&
    run.source !== 'none' &&
    summarizePhases(run.state, run.outline).every(isPhaseDone)
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

async function reporting(title: string, words: Words, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    await showFaults(title, error, words);
  }
}
