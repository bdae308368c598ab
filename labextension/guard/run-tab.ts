// Marks the tab of a run: its own icon, release and environment before the file's name, and red in live production. The name itself
// stays as it is: JupyterLab renames the file when it is changed. The notebook that a run was made from has no mark.
import type { Title, Widget } from '@lumino/widgets';
import type { RunInfo } from '../../contract/base/run.js';
import { whereText } from '../page/where-text.js';
import type { BannerTone } from './banner-look.js';

/** The part of a title that is marked. */
export type RunTab = Pick<Title<Widget>, 'icon' | 'iconLabel' | 'dataset'>;

/** Writes only what differs: each change of a title draws its tab. */
export function markTab(title: RunTab, run: RunInfo, tone: BannerTone, icon: RunTab['icon']): void {
  const label = whereText(run);
  if (title.iconLabel !== label || title.icon !== icon) {
    title.icon = icon;
    title.iconLabel = label;
  }
  if (title.dataset['lb-tone'] !== tone) {
    title.dataset = { ...title.dataset, 'lb-tone': tone };
  }
}
