// The thread that draws: Vega makes an SVG of a specification, resvg a PNG of it. One picture after the other.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { workerData } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { placesOf } from '../chart.js';
import { PNG_SCALE } from '../size.js';
import type { Drawn, DrawingOrders } from './draw-picture.js';
import { FONT, fontsFor, withFonts } from './fonts.js';
import { smallPng } from './small-png.js';

const { port, answers } = workerData as DrawingOrders;
// Vega measures with a canvas, or guesses as here, where it has none.
const { textMetrics } = vega as unknown as { readonly textMetrics: TextMetrics };
textMetrics.width = ({ fontSize = 11 }, text) => placesOf(String(text)) * fontSize * 0.58;
const wasm = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm');
await initWasm(readFileSync(wasm));

port.on('message', async (spec: TopLevelSpec) => {
  port.postMessage(await draw(spec));
  Atomics.add(answers, 0, 1);
  Atomics.notify(answers, 0);
});

async function draw(spec: TopLevelSpec): Promise<Drawn> {
  try {
    const svg = withFonts(await new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' }).toSVG());
    const options = {
      font: { fontBuffers: fontsFor(svg), defaultFontFamily: FONT },
      fitTo: { mode: 'zoom', value: PNG_SCALE },
      background: 'white'
    } as const;
    const { pixels, width } = new Resvg(svg, options).render();
    return { png: smallPng(pixels, width) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

/** What Vega's types leave out. */
interface TextMetrics {
  width: (item: { readonly fontSize?: number }, text: string) => number;
}
