// The preview of one Markdown cell while it is edited: a renderer of its own, so that the cell's real rendering knows nothing of it.
// A widget of the cell's own layout, so that windowed notebooks attach and detach it rightly.
import type { MarkdownCell } from '@jupyterlab/cells';
import { MimeModel, type IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { PanelLayout, Widget } from '@lumino/widgets';
import { addBelowInput } from '../page/cell/cell-layout.js';
import { makeElement } from '../page/element.js';
import type { Words } from '../page/words.js';
import { resolverOf } from './attachment-resolver.js';
import { LatestText } from './latest-text.js';
import type { PreviewPlace, PreviewSettings } from './preview-settings.js';

const BESIDE = 'lb-mod-previewBeside';

export interface CellPreviewParts {
  readonly cell: MarkdownCell;
  /** That of the notebook: it resolves relative links. */
  readonly rendermime: IRenderMimeRegistry;
  readonly words: Words;
  settings(): PreviewSettings;
}

export class CellPreview extends Widget {
  constructor({ cell, rendermime, words, settings }: CellPreviewParts) {
    super({ node: makeElement('section', { attributes: { 'aria-label': words.__('Preview') } }) });
    this.cell = cell;
    this.addClass('lb-Preview');
    const layout = (this.layout = new PanelLayout());
    const own = rendermime.clone({ resolver: resolverOf(cell, rendermime.resolver) });
    const renderer = own.createRenderer(MARKDOWN);
    renderer.addClass('jp-MarkdownOutput');
    layout.addWidget(renderer);
    this.latest = new LatestText(
      async text => {
        if (!this.isDisposed) {
          this.node.classList.toggle('lb-mod-empty', text.trim() === '');
          await renderer.renderModel(new MimeModel({ data: { [MARKDOWN]: text }, trusted: false }));
        }
      },
      () => settings().delayMs
    );
    this.setPlace(settings().place);
    addBelowInput(cell, this);
    cell.model.contentChanged.connect(this.onContent, this);
    this.latest.show(cell.model.sharedModel.getSource());
  }

  setPlace(place: PreviewPlace): void {
    this.cell.toggleClass(BESIDE, place === 'beside');
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this.latest.dispose();
      if (!this.cell.isDisposed) {
        this.cell.removeClass(BESIDE);
        this.cell.model.contentChanged.disconnect(this.onContent, this);
      }
      super.dispose();
    }
  }

  private readonly cell: MarkdownCell;
  private readonly latest: LatestText;

  private onContent(): void {
    this.latest.change(this.cell.model.sharedModel.getSource());
  }
}

const MARKDOWN = 'text/markdown';
