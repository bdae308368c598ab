// Puts together what everything else of a run stands on: its journal and state, its people, its outline, and which cell is which step.
import type { Journal } from '../../record/journal/journal.js';
import type { JournalOpened } from '../../contract/journal/journal.js';
import { placeOf } from '../../record/journal/place.js';
import type { NotebookFile } from '../keeper/notebook-file.js';
import { OutlineSource } from '../keeper/outline-source.js';
import { isLeading } from '../keeper/leading-page.js';
import { RunKeeper } from '../keeper/run-keeper.js';
import { StepRegister } from '../keeper/step-register.js';
import { maskJournal } from '../masking/masked-journal.js';
import type { Masking } from '../masking/masking.js';
import type { People } from '../people/people.js';
import { ExecutorLosses } from '../resume/executor-losses.js';

/** What they are made from. */
export interface KeeperParts {
  /** Null in a console. */
  readonly notebook: NotebookFile | null;
  readonly masking: Masking;
  readonly people: People;
  /** Opens the journal at the first need; `first` is its first record when it is new. */
  readonly openJournal: (first: JournalOpened, reopens: boolean) => Promise<Journal>;
}

/** What is kept of a run. */
export interface KeptRun extends Omit<KeeperParts, 'openJournal'> {
  readonly keeper: RunKeeper;
  readonly outline: OutlineSource;
  readonly register: StepRegister;
  readonly losses: ExecutorLosses;
}

/** Makes all of it. */
export function composeKeeper({ notebook, masking, people, openJournal }: KeeperParts): KeptRun {
  const keeper = new RunKeeper({
    openJournal: async (first, reopens) =>
      maskJournal(await openJournal(masked(first, masking), reopens), masking),
    readRun: () => notebook?.read().run ?? null,
    get notebook() {
      return notebook?.name ?? '';
    },
    ...(notebook && { place: () => placeOf(notebook.path) }),
    owner: () => people.owner
  });
  return {
    notebook,
    masking,
    people,
    keeper,
    outline: new OutlineSource({
      notebook,
      leads: page => isLeading(keeper.state.run ?? notebook?.read().run ?? null, keeper.state, page, people),
      clientOf: session => people.clientOf(session)
    }),
    register: new StepRegister(),
    losses: new ExecutorLosses(keeper)
  };
}

/** A person typed the reason. */
function masked(first: JournalOpened, masking: Masking): JournalOpened {
  return first.anew ? { ...first, anew: { ...first.anew, reason: masking.text(first.anew.reason) } } : first;
}
