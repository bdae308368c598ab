// The address of a step in JupyterLab.
import { expect, test } from '@jest/globals';
import { stepAddress } from '../../../contract/notebook/step-address.js';

test.each([
  [
    'https://lab.example/lab/tree',
    'release.ipynb',
    'a1b2',
    'https://lab.example/lab/tree/release.ipynb#cell-id=a1b2'
  ],
  [
    'https://lab.example/lab/tree/',
    'runs/2.4.0 live/r#1.ipynb',
    null,
    'https://lab.example/lab/tree/runs/2.4.0%20live/r%231.ipynb'
  ],
  ['https://lab.example/a', 'ä/x.ipynb', 'a|b>c', 'https://lab.example/a/%C3%A4/x.ipynb#cell-id=a%7Cb%3Ec']
])('%s, %s, %s', (folder, path, step, address) => {
  expect(stepAddress(folder, path, step)).toBe(address);
});
