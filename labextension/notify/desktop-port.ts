// The browser of this page, for notifications and their sound.
import type { DesktopPort } from './desktop.js';

const NOTE_S = 0.16;
/** Two notes, in hertz: upwards for what went well, downwards for what did not. */
const NOTES = { good: [660, 880], bad: [440, 330] } as const;

export function makeDesktopPort(): DesktopPort {
  // Read at each call: a browser may lack it, and a page may replace it.
  const api = (): typeof Notification | undefined =>
    (globalThis as { Notification?: typeof Notification }).Notification;
  let audio: AudioContext | null = null;
  return {
    permission: () => api()?.permission ?? 'denied',
    request: async () => (await api()?.requestPermission()) ?? 'denied',
    isLookedAt,
    show: (title, { body, tag, isSticky }, onClick) => {
      const Api = api();
      if (!Api) {
        return () => undefined;
      }
      const shown = new Api(title, { body, tag, requireInteraction: isSticky });
      shown.onclick = () => {
        window.focus();
        onClick();
        shown.close();
      };
      return () => shown.close();
    },
    play: isBad => {
      audio ??= new AudioContext();
      play(audio, isBad ? NOTES.bad : NOTES.good);
    },
    now: () => Date.now()
  };
}

/** True when the tab is visible and the window has the focus. */
export function isLookedAt(): boolean {
  return !document.hidden && document.hasFocus();
}

function play(audio: AudioContext, notes: readonly number[]): void {
  notes.forEach((frequency, index) => {
    const note = audio.createOscillator();
    const volume = audio.createGain();
    const begin = audio.currentTime + index * NOTE_S;
    note.frequency.value = frequency;
    volume.gain.setValueAtTime(0.12, begin);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + NOTE_S);
    note.connect(volume).connect(audio.destination);
    note.start(begin);
    note.stop(begin + NOTE_S);
  });
}
