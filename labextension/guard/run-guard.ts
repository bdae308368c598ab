// Asks a person before cells run, where that is called for. Closing the question in any other way than by its button means no.
import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { Cell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { METADATA_KEY } from '../../contract/notebook.js';
import { Widget } from '@lumino/widgets';
import { makeElement } from '../element.js';
import { obstacleOf, type Obstacle } from '../resume/before-run.js';
import type { IRunGuard, IRunRegistry } from '../tokens.js';
import type { Words } from '../words.js';
import { isDestructive, questionBefore, type Question } from './danger.js';

export class RunGuard implements IRunGuard {
  constructor(
    private readonly registry: IRunRegistry | null,
    private readonly words: Words,
    private readonly isEnabled: () => boolean,
    private readonly resume: () => Promise<void>
  ) {}

  async mayRun(panel: NotebookPanel, cells: readonly Cell[], isAll: boolean): Promise<boolean> {
    const model = this.registry?.runOf(panel);
    const obstacle =
      model?.source === 'kernel' &&
      obstacleOf(
        cells
          .filter(cell => cell.model.type === 'code')
          .map(({ model: { id, sharedModel } }) => ({ id, source: sharedModel.getSource() })),
        model.state,
        model.run !== null,
        this.words
      );
    if (obstacle) {
      await this.lead(obstacle);
      return false;
    }
    const steps = model?.outline.phases.flatMap(phase => phase.steps) ?? [];
    const titles = new Map(steps.map(step => [step.id, step.title]));
    const question =
      this.isEnabled() &&
      questionBefore(
        {
          run: model?.run ?? null,
          isProduction: model?.session.isProduction ?? null,
          cells: cells.filter(cell => cell.model.type === 'code').map(cell => describe(cell, titles)),
          isAll
        },
        this.words
      );
    if (!question) {
      return true;
    }
    const { button } = await showDialog({
      title: question.title,
      body: bodyOf(question),
      buttons: [Dialog.cancelButton(), Dialog.warnButton({ label: question.accept })],
      defaultButton: 0
    });
    return button.accept;
  }

  /** To what has to be done first. */
  private async lead({ title, text, canResume }: Obstacle): Promise<void> {
    const { button } = await showDialog({
      title,
      body: text,
      buttons: canResume
        ? [Dialog.cancelButton(), Dialog.okButton({ label: this.words.__('Resume…') })]
        : [Dialog.okButton()]
    });
    if (canResume && button.accept) {
      await this.resume();
    }
  }
}

function describe(
  { model }: Cell,
  titles: ReadonlyMap<string, string>
): { title: string; isDestructive: boolean } {
  return {
    title: titles.get(model.id) ?? model.sharedModel.getSource().trim().split('\n')[0] ?? '',
    isDestructive: isDestructive(model.getMetadata('tags'), model.getMetadata(METADATA_KEY))
  };
}

function bodyOf({ body, destructive }: Question): Widget {
  const view = new Widget();
  view.addClass('lb-Question');
  view.node.append(...body.map(text => makeElement('p', { text })));
  if (destructive.length > 0) {
    view.node.append(makeElement('ul', {}, ...destructive.map(text => makeElement('li', { text }))));
  }
  return view;
}
