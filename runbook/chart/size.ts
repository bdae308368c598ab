// How large a chart is. A bar chart and a timeline grow in height with their lines.

/** Width of every chart, in pixels of the page: it fits into GitHub's page and beside JupyterLab's panels. */
export const WIDTH = 800;

/** Height of a line chart, in pixels of the page. */
export const LINE_CHART_HEIGHT = 320;

/** Pixels of the PNG for one of the page, so that letters are sharp on fine screens. */
export const PNG_SCALE = 1.5;

/** Characters of the longest bar where a chart is text. */
export const TEXT_WIDTH = 40;
