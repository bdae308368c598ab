// The output that shows a hold. Inside a notebook the record of the run is shown, not the payload, which anybody can write; what the
// record does not have is said to be so. When its state is final, the output is rewritten, so that the saved file tells it as text.
import { NotebookPanel } from '@jupyterlab/notebook';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { PartialJSONObject } from '@lumino/coreutils';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { makeElement } from '../page/element.js';
import type { IRunModel, IRunRegistry } from '../tokens.js';
import type { Words } from '../page/words.js';
import { shownHold } from './hold-access.js';
import type { HoldKind } from './hold-kind.js';
import type { HoldState } from '../../contract/holds/pending.js';
import type { HoldView } from './hold-view.js';

export class HoldOutput<H extends HoldState> extends Widget implements IRenderMime.IRenderer {
  constructor(
    private readonly kind: HoldKind<H>,
    private readonly words: Words,
    private readonly registry: IRunRegistry | null
  ) {
    super();
    this.addClass('lb-HoldOutput');
    this.view = kind.makeView(words, () => this.run);
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.model = model;
    this.shown = this.kind.read(model.data[this.kind.mimeType]);
    // Put in once: taking the node out and in again would lose the focus and a comment half written.
    if (this.shown && this.view.node.parentElement !== this.node) {
      this.node.replaceChildren(this.view.node);
    } else if (!this.shown) {
      const text = this.words.__(
        'This output cannot be shown: its data is damaged. The journal still has the decision.'
      );
      this.node.replaceChildren(makeElement('p', { class: 'lb-Hold-note', text }));
    }
    this.refresh();
    return Promise.resolve();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    const panel = panelOf(this);
    const run = panel && this.registry ? this.registry.runOf(panel) : null;
    if (run !== this.run) {
      this.run?.changed.disconnect(this.refresh, this);
      this.run = run;
      run?.changed.connect(this.refresh, this);
    }
    this.refresh();
  }

  private readonly view: HoldView<H>;
  private model: IRenderMime.IMimeModel | null = null;
  private shown: H | null = null;
  private run: IRunModel | null = null;
  private isWriting = false;

  private refresh(): void {
    if (!this.shown || this.isDisposed) {
      return;
    }
    const live = this.run ? this.kind.find(this.run.state, this.shown.id) : undefined;
    const { hold, access } = shownHold(this.shown, live, this.run?.source ?? null);
    this.view.update(hold, access);
    if (live && this.kind.isFinal(live) && live.rev !== this.shown.rev && this.run?.writes(live.step)) {
      this.rewrite(live);
    }
  }

  /** Deferred: writing to the model renders again, and must not happen while it renders. */
  private rewrite(hold: H): void {
    if (this.isWriting) {
      return;
    }
    this.isWriting = true;
    window.setTimeout(() => {
      this.isWriting = false;
      if (!this.isDisposed && this.model && this.shown && this.shown.rev !== hold.rev) {
        const data = this.kind.bundle(hold, this.run?.run?.id ?? null) as unknown as PartialJSONObject;
        this.model.setData({ data, metadata: this.model.metadata });
      }
    }, 0);
  }
}

function panelOf(widget: Widget): NotebookPanel | null {
  for (let parent = widget.parent; parent; parent = parent.parent) {
    if (parent instanceof NotebookPanel) {
      return parent;
    }
  }
  return null;
}
