// Marks the tab of a run: its own icon, release and environment before the file's name, and red in live production. The name itself
// stays as it is: JupyterLab renames the file when it is changed. The notebook that a run was made from has no mark.
// The style sheet writes the mark: JupyterLab's icons show no label.
import type { Title, Widget } from '@lumino/widgets';
import type { RunInfo } from '../../contract/base/run.js';
import { whereText } from '../page/where-text.js';
import type { BannerTone } from './banner-look.js';

/** The part of a title that is marked. */
export type RunTab = Pick<Title<Widget>, 'icon' | 'dataset'>;

/** Writes only what differs: each change of a title draws its tab. */
export function markTab(title: RunTab, run: RunInfo, tone: BannerTone, icon: RunTab['icon']): void {
  const where = whereText(run);
  if (title.icon !== icon) {
    title.icon = icon;
  }
  if (title.dataset['lb-where'] !== where || title.dataset['lb-tone'] !== tone) {
    title.dataset = { ...title.dataset, 'lb-where': where, 'lb-tone': tone };
  }
}
