/** What people write about a fiche: to the other side, among the Cariforef, or against a moderator's mend. */
export const MESSAGE_KINDS = ['message', 'note', 'objection'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** Who a notice is for. */
export const NOTICE_AUDIENCES = ['moderateurs', 'administrateurs', 'of'] as const;
export type NoticeAudience = (typeof NOTICE_AUDIENCES)[number];

export const NOTICE_KINDS = [
  'escalade',
  'rappel',
  'abandon',
  'corrections',
  'refus',
  'mend',
  'message',
  'objection',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The life of many decisions made at once. */
export const LOT_STATES = ['running', 'done', 'undoing', 'undone'] as const;
export type LotState = (typeof LOT_STATES)[number];

export const LOT_ITEM_STATES = ['waiting', 'decided', 'firstVoice', 'refused', 'undone', 'undoRefused'] as const;
export type LotItemState = (typeof LOT_ITEM_STATES)[number];

/** Soumissions of one lot at most. */
export const LOT_MAX = 500;
