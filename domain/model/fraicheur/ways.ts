/** How an answer came: by the link of a mail, in the OF’s space, or told to a moderator on the telephone. */
export const ANSWER_WAYS = ['courriel', 'espace', 'telephone'] as const;
export type AnswerWay = (typeof ANSWER_WAYS)[number];
