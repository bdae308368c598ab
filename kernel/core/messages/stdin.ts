// Asks the front end that sent the running request for a line of text: that one alone, by its routing identity.
// One question at a time; an answer that belongs to an earlier question is dropped.
// https://jupyter-client.readthedocs.io/en/latest/messaging.html#messages-on-the-stdin-router-dealer-channel
import { LaunchbookError } from '../../../contract/base/error.js';
import type { Message } from '../../protocol/messages.js';
import type { MessageSender } from './message-sender.js';
import type { Cell, StdinPort } from '../ports/ports.js';

export interface StdinParts {
  readonly sender: MessageSender;
  /** Sends the cell's text, so that the question comes after it. Null when it is sent already. */
  flush(cellKey: string): Promise<void> | null;
  readonly onLog: (line: string) => void;
}

interface Question {
  readonly cellKey: string;
  readonly request: Message;
  readonly prompt: string;
  readonly isPassword: boolean;
  readonly answer: (value: string) => void;
  readonly cancel: (error: LaunchbookError) => void;
  /** Id of the `input_request`, once it is sent. */
  id?: string;
}

/** Questions to front ends. */
export class Stdin implements StdinPort {
  readonly #parts: StdinParts;
  readonly #requests = new Map<string, { cell: Cell; request: Message }>();
  readonly #questions: Question[] = [];
  #tellWithdrawn: (question: string) => void = () => undefined;

  constructor(parts: StdinParts) {
    this.#parts = parts;
  }

  /** `cell` may ask the client that sent `request`. */
  begin(cell: Cell, request: Message): void {
    this.#requests.set(cell.key, { cell, request });
  }

  /** The cell ended; its open questions are withdrawn. */
  end(cellKey: string): void {
    this.#requests.delete(cellKey);
    this.#cancel(question => question.cellKey === cellKey, 'The cell ended before the input was given');
  }

  /**
   * Calls `tell` with the id of each `input_request` that nobody has to answer any more. The protocol has no message for it, and a
   * front end that keeps its field open may send nothing else.
   */
  whenWithdrawn(tell: (question: string) => void): void {
    this.#tellWithdrawn = tell;
  }

  /** Withdraws every open question. */
  interrupt(): void {
    this.#cancel(() => true, 'The input was interrupted');
  }

  ask(cellKey: string, prompt: string, isPassword: boolean, signal?: AbortSignal): Promise<string> {
    const running = this.#requests.get(cellKey);
    if (!running) {
      return Promise.reject(refusal('Input was asked for by a cell that does not run', 'stdin.no_request'));
    }
    if (!running.cell.allowsStdin) {
      return Promise.reject(
        refusal('The front end that runs this cell does not take input', 'stdin.not_allowed')
      );
    }
    if (signal?.aborted) {
      return Promise.reject(refusal('The input is no longer needed', 'stdin.cancelled'));
    }
    return new Promise((answer, cancel) => {
      const question = { cellKey, request: running.request, prompt, isPassword, answer, cancel };
      this.#questions.push(question);
      const withdraw = (): void => this.#cancel(open => open === question, 'The input is no longer needed');
      signal?.addEventListener('abort', withdraw, { once: true });
      if (this.#questions.length === 1) {
        this.#sendFirst();
      }
    });
  }

  /** A client answers. */
  receive(reply: Message<'input_reply'>): void {
    const question = this.#questions[0];
    if (!question || !isAnswerTo(question, reply)) {
      this.#parts.onLog('An input_reply that answers no open question is dropped.');
      return;
    }
    this.#questions.shift();
    question.answer(reply.content.value);
    this.#sendFirst();
  }

  #cancel(matches: (question: Question) => boolean, reason: string): void {
    const first = this.#questions[0];
    for (const question of this.#questions.filter(matches)) {
      this.#questions.splice(this.#questions.indexOf(question), 1);
      question.cancel(refusal(reason, 'stdin.cancelled'));
      if (question.id !== undefined) {
        this.#tellWithdrawn(question.id);
      }
    }
    if (this.#questions[0] !== first) {
      this.#sendFirst();
    }
  }

  #sendFirst(): void {
    const question = this.#questions[0];
    if (question) {
      const sending = this.#parts.flush(question.cellKey);
      if (sending) {
        void sending.then(() => this.#send(question));
      } else {
        this.#send(question);
      }
    }
  }

  #send(question: Question): void {
    if (this.#questions[0] === question && question.id === undefined) {
      const { request, prompt, isPassword } = question;
      question.id = this.#parts.sender.askForInput(request, prompt, isPassword).header.id;
    }
  }
}

// Older clients send no parent with an answer; those are known by their identity alone.
function isAnswerTo(question: Question, reply: Message): boolean {
  const isForQuestion = reply.parent === null || reply.parent.id === question.id;
  const [asked, answered] = [question.request.identities, reply.identities].map(parts =>
    Buffer.concat([...parts])
  );
  return isForQuestion && asked!.equals(answered!);
}

function refusal(message: string, code: string): LaunchbookError {
  return new LaunchbookError(message, {
    code,
    hint:
      code === 'stdin.not_allowed'
        ? 'Run the cell in a front end that can ask, such as JupyterLab.'
        : 'Run the cell again.'
  });
}
