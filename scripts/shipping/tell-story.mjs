// `node tell-story.mjs ENVIRONMENT`: the story of a run in JupyterLab, as a program that can be started in another network.
import { storyIn } from './browser-matrix.mjs';
import { isHeld } from './cases.mjs';

const [environment] = process.argv.slice(2);
const hasHeld = await isHeld('with loopback alone', () => storyIn(environment, 'jupyterlab'));
process.exitCode = hasHeld ? 0 : 1;
