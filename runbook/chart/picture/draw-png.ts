// Vega makes an SVG of a specification, resvg a PNG of it. Half a second to load: only the thread that draws does.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { JsonObject } from '../../../contract/base/json.js';
import { placesOf } from '../chart.js';
import { PNG_SCALE } from '../size.js';
import { FONT, fontsFor, withFonts } from './fonts.js';
import { smallPng } from './small-png.js';

await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));

// Vega measures with a canvas, or guesses as here, where it has none.
const { textMetrics } = vega as unknown as { readonly textMetrics: TextMetrics };
textMetrics.width = ({ fontSize = 11 }, text) => placesOf(String(text)) * fontSize * 0.58;

/** The PNG of a Vega-Lite specification. */
export async function drawPng(spec: JsonObject): Promise<Uint8Array> {
  const { spec: compiled } = compile(spec as unknown as TopLevelSpec);
  const svg = withFonts(await new vega.View(vega.parse(compiled), { renderer: 'none' }).toSVG());
  const options = {
    font: { fontBuffers: fontsFor(svg), defaultFontFamily: FONT },
    fitTo: { mode: 'zoom', value: PNG_SCALE },
    background: 'white'
  } as const;
  const { pixels, width } = new Resvg(svg, options).render();
  return smallPng(pixels, width);
}

/** What Vega's types leave out. */
interface TextMetrics {
  width: (item: { readonly fontSize?: number }, text: string) => number;
}
