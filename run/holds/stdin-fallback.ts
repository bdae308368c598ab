// Holds in clients without our extension: the question comes as an input request (console, VS Code, nbclient with input).
// Where nobody can be asked, the hold fails closed at once. A front end of ours always goes first.
import { toErrorRecord } from '../../contract/base/error.js';
import type { ActParams } from '../../contract/comms/acts.js';
import { holdOf, isPending } from '../../contract/holds/pending.js';
import type { Cell, OutputSink, StdinPort } from '../ports.js';
import type { Approvals } from './approvals.js';
import type { ChecklistParams, Checklists } from './checklists.js';
import { looksLikeToken } from '../../record/signature/token.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { SignedDecisions } from './signed-decisions.js';
import type { RunningStep } from '../keeper/step-register.js';

/** What the fallback works with. */
export interface StdinFallbackParts {
  readonly keeper: RunKeeper;
  readonly approvals: Approvals;
  readonly checklists: Checklists;
  readonly signed: SignedDecisions;
  /** Asks for an act of whoever runs the cell. Rejects with the reason when it does not count. */
  readonly askFor: <A extends 'decide' | 'decide-signed' | 'tick'>(
    act: A,
    params: ActParams[A],
    cell: Cell
  ) => Promise<unknown>;
  readonly stdin: StdinPort;
  readonly outputs: OutputSink;
  /** True when a front end of ours has connected to this kernel. */
  readonly hasFrontEnd: () => boolean;
}

/** Asks by input request when no front end of ours shows the hold. */
export class StdinFallback {
  readonly #parts: StdinFallbackParts;

  constructor(parts: StdinFallbackParts) {
    this.#parts = parts;
  }

  /** Offers an approval that has just been asked. */
  offerApproval(running: RunningStep, id: string, name: string): void {
    void this.#offerApproval(running, id, name).catch(error =>
      this.#say(running, toErrorRecord(error).message)
    );
  }

  async #offerApproval(running: RunningStep, id: string, name: string): Promise<void> {
    const { approvals, signed, askFor } = this.#parts;
    const tell = (text: string): void => this.#say(running, text);
    // Before anybody gives up: a headless run takes decisions from signed files alone.
    await signed.look(id, tell);
    if (!this.#isPending(id)) {
      return;
    }
    void signed.watch(id, tell);
    await this.#offer(running, id, approvals, async signal => {
      const line = await this.#ask(
        running,
        signal,
        `Approve “${name}”? Type “approve COMMENT” or “reject REASON”, or paste a signed decision: `
      );
      if (looksLikeToken(line)) {
        await askFor('decide-signed', { token: line }, running.cell);
        return;
      }
      const [, word, comment = ''] = /^\s*(approve|reject)\b\s*(.*)$/is.exec(line) ?? [];
      if (!word) {
        this.#say(
          running,
          'The answer was not counted: it must begin with “approve” or “reject”, or be a signed decision.'
        );
        return;
      }
      const approval = this.#parts.keeper.state.approvals[id];
      const decision = word.toLowerCase() === 'approve' ? ('approved' as const) : ('rejected' as const);
      const params = { approval: id, content: approval?.content ?? '', decision, comment };
      await askFor('decide', params, running.cell);
    });
  }

  /** Offers a checklist that has just been asked. */
  offerChecklist(running: RunningStep, id: string, params: ChecklistParams): void {
    const { checklists, askFor } = this.#parts;
    const offered = this.#offer(running, id, checklists, async signal => {
      const items = this.#parts.keeper.state.checklists[id]?.items ?? [];
      const item = items.findIndex(candidate => candidate.ticked === null);
      const line = await this.#ask(
        running,
        signal,
        `${params.name}: “${items[item]?.text ?? ''}”. Type “done” when it is: `
      );
      if (line.trim().toLowerCase() === 'done') {
        await askFor('tick', { checklist: id, item, ticked: true }, running.cell);
      } else {
        this.#say(running, 'The item stays open: the answer was not “done”.');
      }
    });
    offered.catch(error => this.#say(running, toErrorRecord(error).message));
  }

  /** Why nobody can answer here, or null. */
  unanswerable(running: RunningStep): string | null {
    return this.#parts.hasFrontEnd() || running.cell.allowsStdin
      ? null
      : 'Nobody can decide here: no Launchbook front end is connected and this client does not take input.';
  }

  async #offer(
    running: RunningStep,
    id: string,
    holds: { giveUp(id: string, reason: string): Promise<void> },
    askOnce: (signal: AbortSignal) => Promise<void>
  ): Promise<void> {
    if (this.#parts.hasFrontEnd()) {
      return;
    }
    const reason = this.unanswerable(running);
    if (reason !== null) {
      await holds.giveUp(id, reason);
      return;
    }
    await new Promise(resolve => setTimeout(resolve, GRACE_MS));
    const settled = new AbortController();
    const stop = this.#parts.keeper.subscribe(() => {
      if (!this.#isPending(id)) {
        settled.abort();
      }
    });
    while (this.#isPending(id) && !this.#parts.hasFrontEnd()) {
      try {
        await askOnce(settled.signal);
      } catch (error) {
        if (settled.signal.aborted || toErrorRecord(error).code.startsWith('stdin.')) {
          break;
        }
        this.#say(running, toErrorRecord(error).message);
      }
    }
    stop();
  }

  #isPending(id: string): boolean {
    return isPending(holdOf(this.#parts.keeper.state, id));
  }

  #ask(running: RunningStep, signal: AbortSignal, prompt: string): Promise<string> {
    return this.#parts.stdin.ask(running.cell.key, prompt, false, signal);
  }

  #say(running: RunningStep, text: string): void {
    this.#parts.outputs.publish(running.cell.key, { kind: 'stream', name: 'stderr', text: `${text}\n` });
  }
}

/** Time for a front end that is just connecting. */
const GRACE_MS = 2000;
