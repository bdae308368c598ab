// When the phases panel opens by itself.
import { expect, test } from '@jest/globals';
import { OpenWithRun, type OpenWithRunPort } from '../../../labextension/phases/open-with-run.js';

/** A page with the panel closed; `told` is what happened to it. */
class Page implements OpenWithRunPort {
  readonly told: string[] = [];
  kept: readonly string[] = [];
  isPanelShown = false;
  isOn = true;

  isEnabled(): boolean {
    return this.isOn;
  }

  isPanelVisible(): boolean {
    return this.isPanelShown;
  }

  show(): void {
    this.isPanelShown = true;
    this.told.push('shown');
  }

  keep(closed: readonly string[]): void {
    this.kept = closed;
  }
}

test('the panel opens with the first run, and only with the first', () => {
  const page = new Page();
  const decision = new OpenWithRun(page);
  decision.runShown('run-1');
  decision.runShown(null);
  decision.runShown('run-2');
  expect(page.told).toEqual(['shown']);
});

test('a scratch notebook does not open it, the run after it does', () => {
  const page = new Page();
  const decision = new OpenWithRun(page);
  decision.runShown(null);
  expect(page.told).toEqual([]);
  decision.runShown('run-1');
  expect(page.told).toEqual(['shown']);
});

test('a panel that is open already is left alone', () => {
  const page = new Page();
  page.isPanelShown = true;
  new OpenWithRun(page).runShown('run-1');
  expect(page.told).toEqual([]);
});

test('it does nothing when the setting is off', () => {
  const page = new Page();
  page.isOn = false;
  new OpenWithRun(page).runShown('run-1');
  expect(page.told).toEqual([]);
});

test('once closed it stays closed in this page, and after a reload for the same run', () => {
  const page = new Page();
  const decision = new OpenWithRun(page);
  decision.runShown('run-1');
  decision.panelHidden();
  decision.runShown('run-2');
  expect(page.told).toEqual(['shown']);
  expect(page.kept).toEqual(['run-1']);

  const reloaded = new Page();
  const again = new OpenWithRun(reloaded, page.kept);
  again.runShown('run-1');
  expect(reloaded.told).toEqual([]);
  again.runShown('run-3');
  expect(reloaded.told).toEqual(['shown']);
});

test('closing it before any run was shown counts too', () => {
  const page = new Page();
  const decision = new OpenWithRun(page);
  decision.panelHidden();
  decision.runShown('run-1');
  expect(page.told).toEqual([]);
});

test('opened by hand it is no longer remembered as closed', () => {
  const page = new Page();
  const decision = new OpenWithRun(page, ['run-0', 'run-1']);
  decision.runShown('run-1');
  decision.panelShown();
  expect(page.kept).toEqual(['run-0']);
});

test('the twenty runs closed last are remembered', () => {
  const page = new Page();
  const decision = new OpenWithRun(page);
  for (let number = 1; number <= 25; number++) {
    decision.runShown(`run-${number}`);
    decision.panelHidden();
  }
  expect(page.kept).toHaveLength(20);
  expect(page.kept.at(-1)).toBe('run-25');
});
