// Asks a person before cells run, where that is needed. Closing the question in any other way than by its button means no.
import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { Cell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { METADATA_KEY } from '../../contract/notebook/notebook.js';
import { Widget } from '@lumino/widgets';
import { makeElement } from '../page/element.js';
import { foreignKernelOf, ownKernelName } from '../kernel/own-kernel.js';
import { obstacleOf, type Obstacle } from '../resume/before-run.js';
import { ask } from '../resume/ask-kernel.js';
import { repeatedAttempt, type SecondRun } from '../../contract/plans/second-run.js';
import type { IRunGuard, IRunModel, IRunRegistry, Leave } from '../tokens.js';
import type { Words } from '../page/words.js';
import { kernelObstacle } from './kernel-obstacle.js';
import { isDestructive, questionBefore, type Question } from './danger.js';

export class RunGuard implements IRunGuard {
  constructor(
    private readonly registry: IRunRegistry | null,
    private readonly words: Words,
    private readonly isEnabled: () => boolean,
    private readonly resume: () => Promise<void>
  ) {}

  async mayRun(panel: NotebookPanel, cells: readonly Cell[], isAll: boolean): Promise<Leave> {
    const model = this.registry?.runOf(panel);
    if (model?.run && model.source !== 'kernel' && !(await this.hasOwnKernel(panel))) {
      return 'no';
    }
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
      return 'no';
    }
    const steps = model?.outline.phases.flatMap(phase => phase.steps) ?? [];
    const titles = new Map(steps.map(step => [step.id, step.title]));
    const again = model && this.isEnabled() ? await this.askedAgain(model, cells) : [];
    const question =
      this.isEnabled() &&
      questionBefore(
        {
          run: model?.run ?? null,
          isProduction: model?.session.isProduction ?? null,
          cells: cells.filter(cell => cell.model.type === 'code').map(cell => describe(cell, titles)),
          isAll,
          again
        },
        this.words
      );
    if (!question) {
      return 'yes';
    }
    const { button } = await showDialog({
      title: question.title,
      body: bodyOf(question),
      buttons: [Dialog.cancelButton(), Dialog.warnButton({ label: question.accept })],
      defaultButton: 0
    });
    const isAllowed =
      button.accept &&
      (again.length === 0 ||
        (await ask(model!, { type: 'run-again', steps: again.map(({ step }) => step) }, this.words)) !==
          null);
    return isAllowed ? 'asked' : 'no';
  }

  /** The kernel knows what was done. When it cannot say, it asks by itself. */
  private async askedAgain(model: IRunModel, cells: readonly Cell[]): Promise<readonly SecondRun[]> {
    const { run, session, source, state } = model;
    const texts = cells
      .filter(({ model: { type, id } }) => type === 'code' && repeatedAttempt(state.steps[id]) !== null)
      .map(({ model: { id, sharedModel } }): [string, string] => [id, sharedModel.getSource()]);
    if (source !== 'kernel' || run?.mode !== 'live' || session.isProduction === false || texts.length === 0) {
      return [];
    }
    const answer = await model
      .ask({ type: 'plan-run-again', texts: Object.fromEntries(texts) })
      .catch(() => null);
    return answer?.again ?? [];
  }

  /** True when no other kernel is attached, and none would be started. */
  private async hasOwnKernel({ sessionContext }: NotebookPanel): Promise<boolean> {
    const { words } = this;
    await sessionContext.specsManager.ready.catch(() => undefined);
    const foreign = await foreignKernelOf(sessionContext);
    const name = ownKernelName(sessionContext);
    const isInstalled = sessionContext.specsManager.specs?.kernelspecs[name] !== undefined;
    const obstacle = kernelObstacle({ foreign, isInstalled, isAttached: !sessionContext.hasNoKernel }, words);
    if (!obstacle) {
      if (sessionContext.kernelPreference.name !== name) {
        sessionContext.kernelPreference = { ...sessionContext.kernelPreference, name };
      }
      return true;
    }
    const { button } = await showDialog({
      title: obstacle.title,
      body: obstacle.text,
      buttons: obstacle.canSwitch
        ? [Dialog.cancelButton(), Dialog.okButton({ label: words.__('Switch to Launchbook') })]
        : [Dialog.okButton()]
    });
    if (obstacle.canSwitch && button.accept) {
      await sessionContext.changeKernel({ name });
    }
    return false;
  }

  /** Says what has to be done first. */
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

function bodyOf({ body, lists }: Question): Widget {
  const view = new Widget();
  view.addClass('lb-Question');
  view.node.append(
    ...body.map(text => makeElement('p', { text })),
    ...lists.flatMap(({ about, items }) => [
      makeElement('p', { text: about }),
      makeElement('ul', {}, ...items.map(text => makeElement('li', { text })))
    ])
  );
  return view;
}
