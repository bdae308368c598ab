// A phone with its own authenticator: Chromium's virtual one, spoken to by the DevTools protocol as a real one is by the browser.
// https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/
import type { BrowserContext, CDPSession, Page } from '@playwright/test';

/** A device that holds passkeys. */
export interface Device {
  readonly id: string;
  readonly session: CDPSession;
}

/** Gives the page a device. `isVerified` is false for one that cannot tell who holds it. */
export async function addDevice(
  context: BrowserContext,
  page: Page,
  { isVerified = true, isSynced = false } = {}
): Promise<Device> {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId: id } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: isVerified,
      automaticPresenceSimulation: true,
      defaultBackupEligibility: isSynced,
      defaultBackupState: isSynced
    }
  });
  return { id, session };
}

/** Whether the person who holds it can show who they are from now on. */
export async function verifyHolder({ id, session }: Device, isUserVerified: boolean): Promise<void> {
  await session.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified });
}

/** Whether somebody touches it when it asks. */
export async function touchDevice({ id, session }: Device, enabled: boolean): Promise<void> {
  await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: id, enabled });
}

/** The passkeys of a device, to be put on another page's one: a context has them for each page. */
export async function copyPasskeys(from: Device, to: Device): Promise<void> {
  const { credentials } = await from.session.send('WebAuthn.getCredentials', { authenticatorId: from.id });
  for (const credential of credentials) {
    await to.session.send('WebAuthn.addCredential', { authenticatorId: to.id, credential });
  }
}
