// JupyterLab's ways to draw long notebooks. Most test files run in the one that is set unless somebody changes it, `contentVisibility`.
import { rounds } from '../proof.js';

/** Those that a test of every feature goes through: the one that takes most cells out of the page, and in the proofs all. */
export const WINDOWING_MODES = ['full', 'contentVisibility', 'defer'].slice(
  0,
  rounds({ inTest: 1, inProof: 3 })
);
