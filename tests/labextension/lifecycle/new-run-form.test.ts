// The form for a new run: what it begins with, and what it asks for.
import { expect, test } from '@jest/globals';
import { firstValues, newRunInput } from '../../../labextension/lifecycle/new-run-form.js';

const DESCRIPTION = {
  template: 'release.ipynb',
  environments: [
    { name: 'production', isProduction: true },
    { name: 'staging', isProduction: false }
  ],
  parameters: [
    { name: 'batch', text: '2' },
    { name: 'region', text: 'eu' }
  ],
  guesses: 0
};

test('production is never the first choice', () => {
  expect(firstValues(DESCRIPTION).environment).toBe('staging');
});

test('where there is nothing but production it is', () => {
  const [production] = DESCRIPTION.environments;
  expect(firstValues({ ...DESCRIPTION, environments: [production!] }).environment).toBe('production');
});

test('without a launchbook.yml the field is empty', () => {
  expect(firstValues({ ...DESCRIPTION, environments: [] }).environment).toBe('');
});

test('an untouched form asks for the parameters and the mode that are there already by not naming them', () => {
  const values = { ...firstValues(DESCRIPTION), release: ' 2.4.0 ' };
  expect(newRunInput('release.ipynb', DESCRIPTION, values)).toEqual({
    template: 'release.ipynb',
    release: '2.4.0',
    environment: 'staging',
    parameters: [],
    branch: false,
    uncommitted: false
  });
});

test('what was changed is named, also when it was emptied', () => {
  const values = {
    ...firstValues(DESCRIPTION),
    mode: 'dry-run' as const,
    parameters: { batch: '5', region: '' },
    branch: true,
    guesses: ' nobody is awake to look '
  };
  expect(newRunInput('release.ipynb', DESCRIPTION, values)).toMatchObject({
    mode: 'dry-run',
    parameters: ['batch=5', 'region='],
    branch: true,
    guesses: 'nobody is awake to look'
  });
});
