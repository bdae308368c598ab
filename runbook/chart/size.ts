// How large a chart is. The SVG and the PNG are equally large; a bar chart and a timeline grow in height with their lines.

/** Width of every chart, in pixels. */
export const WIDTH = 800;

/** Height of a line chart, in pixels. */
export const LINE_CHART_HEIGHT = 320;

/** Characters of the longest bar where a chart is text. */
export const TEXT_WIDTH = 40;
