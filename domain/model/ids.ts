/** Ids are UUIDs, branded so that one noun's id cannot stand for another's; only the parsers of domain/contract cast. */
type Brand<T, B extends string> = T & { readonly __brand: B };

/** The id of a fiche: the organisme's or the formation's own UUID, for life. */
export type FicheId = Brand<string, 'FicheId'>;
export type UserId = Brand<string, 'UserId'>;
export type ActionId = Brand<string, 'ActionId'>;
export type SessionId = Brand<string, 'SessionId'>;
export type DispositifId = Brand<string, 'DispositifId'>;
export type SiteId = Brand<string, 'SiteId'>;

/** A calendar day in Europe/Paris, `AAAA-MM-JJ`. */
export type ParisDay = Brand<string, 'ParisDay'>;
/** Milliseconds since the Unix epoch. */
export type InstantMs = Brand<number, 'InstantMs'>;
