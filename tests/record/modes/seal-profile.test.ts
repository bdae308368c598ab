// The secrets of a profile print as their names wherever a helper might put them.
import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { ports } from '../../../runbook/context.js';
import { installFakePorts, PROFILE } from '../../runbook/fake-ports.js';

test('tokens and webhooks are values that cannot be printed', () => {
  installFakePorts({
    profile: {
      ...PROFILE,
      splunk: {
        url: 'https://splunk:8089',
        web: 'https://splunk',
        token: 'open-sesame-1',
        index: null,
        app: 'search'
      },
      slack: { token: 'open-sesame-2', webhook: 'https://hooks/open-sesame-3', channel: null, url: null }
    }
  });
  const { environment } = ports();
  const printed = `${inspect(environment, { depth: 9 })} ${JSON.stringify(environment)} ${String(environment.splunk?.token)}`;
  expect(printed).not.toContain('open-sesame');
  expect(printed).toContain('«secret splunk.token»');
  expect(environment.splunk?.token.reveal()).toBe('open-sesame-1');
  expect(environment.slack?.webhook?.reveal()).toBe('https://hooks/open-sesame-3');
});

test('a profile without them stays without them', () => {
  installFakePorts();
  expect(ports().environment).toMatchObject({ name: 'staging', splunk: null, slack: null });
});
