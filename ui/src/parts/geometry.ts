// Pictures, boxes and the places in them. Photo coordinates are pixels of the upright photo; stage coordinates are CSS
// pixels of the stage's corner.

import type { Evidence, Geometry, Point, Rect } from '../ipc/desk';

export interface Size {
  width: number;
  height: number;
}

export interface Box extends Size {
  x: number;
  y: number;
}

/** How a photo lies on the stage: `stage = photo × scale + offset`. */
export interface Placement {
  scale: number;
  x: number;
  y: number;
}

export function toBox(rect: Rect): Box {
  return { x: rect.x_px, y: rect.y_px, width: rect.width_px, height: rect.height_px };
}

export function place(placement: Placement, point: Point): { x: number; y: number } {
  return { x: point.x_px * placement.scale + placement.x, y: point.y_px * placement.scale + placement.y };
}

export function placeBox(placement: Placement, box: Box): Box {
  return {
    x: box.x * placement.scale + placement.x,
    y: box.y * placement.scale + placement.y,
    width: box.width * placement.scale,
    height: box.height * placement.scale,
  };
}

/** The smallest box around all evidence; absent without any. */
export function boundsOf(evidence: readonly Evidence[]): Box | null {
  const points = evidence.flatMap((item): Point[] => {
    switch (item.kind) {
      case 'region':
        return [
          { x_px: item.rect.x_px, y_px: item.rect.y_px },
          { x_px: item.rect.x_px + item.rect.width_px, y_px: item.rect.y_px + item.rect.height_px },
        ];
      case 'line':
        return [item.from, item.to];
      case 'points':
        return item.points;
    }
  });
  if (points.length === 0) return null;
  const xs = points.map((point) => point.x_px);
  const ys = points.map((point) => point.y_px);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** Of a 3:4 photo; the frame that every photo is fitted to. */
const FRAME_ASPECT = 3 / 4;
const RULER = 92;
const GAP = 20;
/** What the list of keys at the left takes. */
const LEGEND = 128;
const INSETS = 5;
const INSET_GAP = 8;
const INSET_ASPECT = 1.56;

export interface StageLayout {
  /** Where the photo may be: zoomed, it fills this; fitted, it lies at its right edge. */
  viewport: Box;
  /** Height and right edge are the same for every photo. */
  frame: Box;
  insets: Box & { itemHeight: number; gap: number };
}

/** Fixed places for a stage of that size: the photo grows first, then the insets. They depend on no photo. */
export function stageLayout(stage: Size): StageLayout {
  const margin = stage.height >= 800 ? 28 : 20;
  const height = Math.max(120, stage.height - 2 * margin);
  const insetWidth = Math.round(
    Math.min(Math.max(height * 0.235, 120), 320, ((height - (INSETS - 1) * INSET_GAP) / INSETS) * INSET_ASPECT),
  );
  const width = Math.min(height * FRAME_ASPECT, Math.max(90, stage.width - RULER - GAP - insetWidth - 2 * 12));
  const group = RULER + width + GAP + insetWidth;
  // Centred, but never over the list of keys where there is room to the right.
  const left = Math.min(
    Math.max((stage.width - group) / 2, LEGEND - RULER + 24),
    Math.max(0, stage.width - group - 12),
  );
  const frame = { x: Math.round(left + RULER), y: margin, width: Math.floor(width), height };
  const right = frame.x + frame.width;
  const itemHeight = Math.round(insetWidth / INSET_ASPECT);
  const insetsHeight = INSETS * itemHeight + (INSETS - 1) * INSET_GAP;
  const viewportLeft = Math.min(frame.x, LEGEND);
  return {
    viewport: { x: viewportLeft, y: margin, width: right - viewportLeft, height },
    frame,
    insets: {
      x: right + GAP,
      y: margin + Math.round((height - insetsHeight) / 2),
      width: insetWidth,
      height: insetsHeight,
      itemHeight,
      gap: INSET_GAP,
    },
  };
}

/** The whole photo at the frame's right edge, centred in height; a wide photo may use the room left of the frame. */
export function fitted(photo: Size, layout: StageLayout): Placement {
  const { viewport, frame } = layout;
  const room = viewport.width - (frame.x > viewport.x ? RULER : 0);
  const scale = Math.min(Math.max(room, frame.width) / photo.width, frame.height / photo.height);
  return {
    scale,
    x: Math.round(frame.x + frame.width - photo.width * scale),
    y: Math.round(frame.y + (frame.height - photo.height * scale) / 2),
  };
}

/** One photo pixel on one device pixel, `centre` (photo coordinates) in the middle. */
export function actualSize(photo: Size, centre: { x: number; y: number }, layout: StageLayout, pixelRatio: number): Placement {
  return about(photo, centre, 1 / pixelRatio, layout);
}

/** So near that `box` fills the viewport with some room around it; never nearer than four times the actual size. */
export function zoomedTo(photo: Size, box: Box, layout: StageLayout, pixelRatio: number): Placement {
  const least = Math.min(photo.width, photo.height) * 0.2;
  const width = Math.max(box.width * 1.5, least);
  const height = Math.max(box.height * 1.5, least);
  const scale = Math.min(layout.viewport.width / width, layout.viewport.height / height, 4 / pixelRatio);
  const whole = fitted(photo, layout).scale;
  return about(photo, { x: box.x + box.width / 2, y: box.y + box.height / 2 }, Math.max(scale, whole), layout);
}

function about(photo: Size, centre: { x: number; y: number }, scale: number, layout: StageLayout): Placement {
  const { viewport } = layout;
  return held(
    photo,
    {
      scale,
      x: viewport.x + viewport.width / 2 - centre.x * scale,
      y: viewport.y + viewport.height / 2 - centre.y * scale,
    },
    layout,
  );
}

/** Keeps a moved photo in the viewport: no gap where it is larger, centred where it is smaller. */
export function held(photo: Size, placement: Placement, layout: StageLayout): Placement {
  const { viewport } = layout;
  const along = (start: number, room: number, length: number, at: number) =>
    length <= room ? start + (room - length) / 2 : Math.min(start, Math.max(start + room - length, at));
  return {
    scale: placement.scale,
    x: Math.round(along(viewport.x, viewport.width, photo.width * placement.scale, placement.x)),
    y: Math.round(along(viewport.y, viewport.height, photo.height * placement.scale, placement.y)),
  };
}

export type InsetName = 'left_eye' | 'right_eye' | 'mouth' | 'left_ear' | 'right_ear';

export interface Inset {
  name: InsetName;
  /** In the photo. May reach beyond its edge. */
  box: Box;
}

/** The places that a reviewer would zoom to anyway, from where eyes, cheeks and chin are. */
export function insetsOf(face: Geometry, aspect = INSET_ASPECT): Inset[] {
  const { left_eye_px: left, right_eye_px: right, chin_px: chin } = face;
  const between = Math.hypot(right.x_px - left.x_px, right.y_px - left.y_px);
  if (!(between > 0)) return [];
  const eyes = { x_px: (left.x_px + right.x_px) / 2, y_px: (left.y_px + right.y_px) / 2 };
  // The mouth closes at about five eighths of the way from the eyes to the chin.
  const mouth = { x_px: eyes.x_px + (chin.x_px - eyes.x_px) * 0.62, y_px: eyes.y_px + (chin.y_px - eyes.y_px) * 0.62 };
  // Ears span from the brows to the tip of the nose, at the cheeks' width.
  const ear = (cheek: Point, eye: Point): Point => ({ x_px: cheek.x_px, y_px: eye.y_px + between * 0.2 });
  const around = (name: InsetName, centre: Point, width: number): Inset => ({
    name,
    box: {
      x: centre.x_px - width / 2,
      y: centre.y_px - width / aspect / 2,
      width,
      height: width / aspect,
    },
  });
  return [
    around('left_eye', left, between * 0.95),
    around('right_eye', right, between * 0.95),
    around('mouth', mouth, between * 1.25),
    around('left_ear', ear(face.face_left_px, left), between * 1.2),
    around('right_ear', ear(face.face_right_px, right), between * 1.2),
  ];
}
