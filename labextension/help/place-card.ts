// Where the card of the tour stands: beside what it is about, inside the window, never over it when there is room elsewhere.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const GAP_PX = 12;

/** The top left corner of the card in pixels of the window. Without a target it stands in the middle. */
export function placeCard(target: Box | null, card: Size, window: Size): { left: number; top: number } {
  const inside = (left: number, top: number): { left: number; top: number } => ({
    left: clamp(left, GAP_PX, window.width - card.width - GAP_PX),
    top: clamp(top, GAP_PX, window.height - card.height - GAP_PX)
  });
  if (!target) {
    return inside((window.width - card.width) / 2, (window.height - card.height) / 2);
  }
  const right = target.left + target.width + GAP_PX;
  const bottom = target.top + target.height + GAP_PX;
  const before = target.left - card.width - GAP_PX;
  const above = target.top - card.height - GAP_PX;
  const sides = [
    { fits: right + card.width + GAP_PX <= window.width, at: inside(right, target.top) },
    { fits: bottom + card.height + GAP_PX <= window.height, at: inside(target.left, bottom) },
    { fits: before >= GAP_PX, at: inside(before, target.top) },
    { fits: above >= GAP_PX, at: inside(target.left, above) }
  ];
  return sides.find(side => side.fits)?.at ?? inside(window.width, window.height);
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
