import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { environment } from '../../../runbook/index.js';
import { faultsOfParameters } from '../../../record/profile/check-parameters.js';
import { PROFILE_SCHEMA } from '../../../record/profile/profile-schema.js';
import { installFakePorts, PROFILE } from '../../runbook/fake-ports.js';
import { repositoryFile } from '../../runbook/fixture-path.js';

const RULES = {
  release: { type: 'string', pattern: '\\d+\\.\\d+\\.\\d+', required: true },
  batchSize: { type: 'number', minimum: 1, maximum: 10 },
  region: { type: 'string', enum: ['eu', 'us'] },
  isHotfix: { type: 'boolean' }
} as const;

describe('release parameters', () => {
  test.each([
    { release: '2.4.0' },
    { release: '2.4.0', batchSize: 10, region: 'eu', isHotfix: false, further: 'x' }
  ])('%j are as declared', values => {
    expect(faultsOfParameters(RULES, values)).toEqual([]);
  });

  test('every fault is listed, with what was seen and what was expected', () => {
    expect(faultsOfParameters(RULES, { batchSize: 20, region: 'asia', isHotfix: 'yes' })).toEqual([
      "The parameter 'release' is missing, expected a text, that matches \\d+\\.\\d+\\.\\d+.",
      "The parameter 'batchSize' is 20 (a number), expected a number, at least 1, at most 10.",
      "The parameter 'region' is 'asia' (a string), expected one of eu, us.",
      "The parameter 'isHotfix' is 'yes' (a string), expected true or false."
    ]);
  });

  test('a pattern must match the whole text', () => {
    expect(faultsOfParameters(RULES, { release: '2.4.0; rm' })).toHaveLength(1);
  });

  test('names of object prototypes are not values', () => {
    expect(faultsOfParameters({ constructor: { type: 'string' as const, required: true } }, {})).toHaveLength(
      1
    );
  });

  test('a cell reads them, and the release; a misspelt one is an error', () => {
    installFakePorts({ profile: { ...PROFILE, release: '2.4.0', parameters: { batchSize: 3 } } });
    expect(environment.release).toBe('2.4.0');
    expect(environment.parameters['batchSize']).toBe(3);
    expect(() => environment.parameters['batchsize']).toThrow(
      "has no parameter 'batchsize'. Did you mean 'batchSize'?"
    );
    installFakePorts();
    expect(environment.release).toBeNull();
    expect(Object.keys(environment.parameters)).toEqual([]);
  });
});

test('the schema for editors is the one that launchbook.yml is checked with', () => {
  expect(JSON.parse(readFileSync(repositoryFile('docs/launchbook.schema.json'), 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(PROFILE_SCHEMA))
  );
});
