// The one door to the desk behind the window. Nothing else imports the Tauri API or the generated bindings' functions.

import { convertFileSrc } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import * as bindings from './bindings';
import type { Finite } from './finite';

export type {
  Account,
  AsideKind,
  AttemptView,
  BundledDecision,
  BundleView,
  Connection,
  DayView,
  Deadline,
  DecisionId,
  DecisionView,
  FloorView,
  FoundView,
  Language,
  LifeView,
  Look,
  Mark,
  MessageCard,
  OutboxItem,
  PastDecision,
  PlaceView,
  Question,
  QueuedPhoto,
  QueueView,
  Reason,
  ReasonCatalogue,
  ReasonCode,
  RefusedDecision,
  Role,
  Seal,
  SearchView,
  SentDecision,
  SessionView,
  Settings,
  StartInfo,
  Status,
  SubmissionId,
  SubmissionState,
  Theme,
  Unit,
  UpdateView,
  Urgency,
  Verdict,
} from './bindings';

export type AuditFile = Finite<bindings.AuditFile>;
export type PhotoView = Finite<bindings.PhotoView>;
export type Report = Finite<bindings.Report>;
export type Check = Finite<bindings.Check>;
export type Measured = Finite<bindings.Measured>;
export type Required = Finite<bindings.Required>;
export type Evidence = Finite<bindings.Evidence>;
export type Geometry = Finite<bindings.Geometry>;
export type SameShotView = Finite<bindings.SameShotView>;
export type Eyes = Finite<bindings.Eyes>;
export type Point = Finite<bindings.Point>;
export type Rect = Finite<bindings.Rect>;

/** A command that was refused. Branch on `code` only. */
export class DeskError extends Error {
  readonly code: string;
  /** Whatever the desk told beside the code. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: string, facts: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.name = 'DeskError';
    this.code = code;
    this.facts = facts;
  }
}

export function codeOf(error: unknown): string {
  return error instanceof DeskError ? error.code : 'internal';
}

type Answer = { status: 'ok'; data: unknown } | { status: 'error'; error: unknown };
type Data<A> = A extends { status: 'ok'; data: infer T } ? T : never;
type Commands = typeof bindings.commands;
type Desk = {
  [K in keyof Commands]: (
    ...args: Parameters<Commands[K]>
  ) => Promise<Finite<Data<Awaited<ReturnType<Commands[K]>>>>>;
};

async function call(command: (...args: never[]) => Promise<Answer>, args: unknown[]): Promise<unknown> {
  let answer: Answer;
  try {
    answer = await command(...(args as never[]));
  } catch {
    // The bridge itself failed: a command that does not exist or arguments that don't fit.
    throw new DeskError('internal');
  }
  if (answer.status === 'ok') return answer.data;
  const facts = answer.error;
  if (typeof facts === 'object' && facts !== null && 'code' in facts && typeof facts.code === 'string') {
    throw new DeskError(facts.code, { ...facts });
  }
  throw new DeskError('internal');
}

/** Every command of the desk, answering its data or throwing a {@link DeskError}. */
export const desk: Desk = Object.fromEntries(
  Object.entries(bindings.commands).map(([name, command]) => [name, (...args: unknown[]) => call(command, args)]),
) as Desk;

/** Something in the queue or the session is other than it was: ask again. Answers how to stop listening. */
export function onDeskChanged(handler: () => void): () => void {
  const stop = listen('desk-changed', handler);
  return () => void stop.then((unlisten) => unlisten());
}

/** The photo of a submission in hand, or a copy of a screen's size where it has many more pixels. */
export function screenPhotoUrl(submission: string): string {
  return convertFileSrc(`screen/${submission}`, 'photo');
}

/** The photo of a submission in hand. */
export function submissionPhotoUrl(submission: string): string {
  return convertFileSrc(`submission/${submission}`, 'photo');
}

/** The photo of a decision in the audit file that is open. */
export function auditPhotoUrl(decision: string): string {
  return convertFileSrc(`audit/${decision}`, 'photo');
}
