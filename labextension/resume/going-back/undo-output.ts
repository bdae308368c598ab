// What the undo steps print while a run is rolled back, below the words of the bar: whoever rolls back from the sidebar has no cell
// that would show it. Each page that has the notebook open shows the same.
import type { ISessionContext } from '@jupyterlab/apputils';
import type { IDisposable } from '@lumino/disposable';
import { makeElement } from '../../page/element.js';
import { OutputsChannel } from '../../outputs/outputs-channel.js';
import { makeScrollArea } from '../../page/scroll-area.js';
import type { IRunModel } from '../../tokens.js';
import type { Words } from '../../page/words.js';
import { UndoText } from './undo-text.js';

/** A reader who is this near to the end follows it, in pixels. */
const AT_END_PX = 8;

export interface UndoOutputParts {
  readonly sessionContext: ISessionContext;
  readonly run: IRunModel;
  readonly words: Words;
}

export class UndoOutput implements IDisposable {
  readonly node: HTMLElement;

  constructor(private readonly parts: UndoOutputParts) {
    const label = parts.words.__('What the undo steps print');
    this.area = makeScrollArea('lb-HeaderBar-output', label, this.printed);
    this.node = makeElement(
      'details',
      { class: 'lb-HeaderBar-details', attributes: { open: '' } },
      makeElement('summary', { text: label }),
      this.area
    );
    this.node.hidden = true;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  /** To be called when the state of the run has changed. */
  refresh(): void {
    const { run, sessionContext } = this.parts;
    const undoing = run.source === 'kernel' ? run.state.undoing : null;
    if (this.disposed || !undoing) {
      this.end();
      return;
    }
    if (undoing.at !== this.at) {
      this.end();
      this.at = undoing.at;
      this.channel = new OutputsChannel(sessionContext, {
        received: spans => {
          this.text.receive(spans);
          this.frame ||= window.requestAnimationFrame(() => this.draw());
        },
        connected: () => {
          this.text.restart();
          this.follow();
        }
      });
    }
    this.fold(undoing.error !== null);
    this.follow();
  }

  dispose(): void {
    this.disposed = true;
    this.end();
  }

  private readonly printed = makeElement('pre', {});
  private readonly area: HTMLElement;
  private readonly text = new UndoText();
  private channel: OutputsChannel | null = null;
  /** When the rollback began whose output is shown. */
  private at: string | null = null;
  private frame = 0;
  private hasStopped = false;
  private disposed = false;

  /** Once it has stopped, what stopped it comes first; this stays at hand. */
  private fold(hasStopped: boolean): void {
    if (hasStopped !== this.hasStopped) {
      this.hasStopped = hasStopped;
      this.node.toggleAttribute('open', !hasStopped);
    }
  }

  private follow(): void {
    const { state } = this.parts.run;
    if (state.undoing && this.channel?.isConnected) {
      const wanted = this.text.follow(state, state.undoing);
      if (wanted.length > 0) {
        this.channel.follow(wanted);
      }
    }
  }

  private draw(): void {
    this.frame = 0;
    const { state } = this.parts.run;
    const text = state.undoing && this.text.textOf(state, state.undoing);
    if (this.disposed || text === null) {
      return;
    }
    const { area } = this;
    const isAtEnd = area.scrollHeight - area.scrollTop - area.clientHeight <= AT_END_PX;
    this.printed.textContent = text;
    this.node.hidden = false;
    if (isAtEnd) {
      area.scrollTop = area.scrollHeight;
    }
  }

  private end(): void {
    window.cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.channel?.dispose();
    this.channel = null;
    this.at = null;
    this.text.restart();
    this.node.hidden = true;
    this.printed.textContent = '';
  }
}
