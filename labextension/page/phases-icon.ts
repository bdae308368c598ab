// The icon of the phases panel: three steps, the first one done.
import { LabIcon } from '@jupyterlab/ui-components';

const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16">
  <g class="jp-icon3" fill="#616161">
    <path d="M2.9 5.7L.9 3.7l1-1l1 1l2.2-2.4l1 1z"/>
    <path d="M7.5 2.75h7v1.5h-7zM7.5 7.25h7v1.5h-7zM7.5 11.75h7v1.5h-7z"/>
    <path d="M3.5 6.25a1.75 1.75 0 1 1 0 3.5a1.75 1.75 0 0 1 0-3.5zM3.5 10.75a1.75 1.75 0 1 1 0 3.5a1.75 1.75 0 0 1 0-3.5z"/>
  </g>
</svg>`;

export const phasesIcon = new LabIcon({ name: 'launchbook:phases', svgstr: DRAWING });
