/** An instant of the database (text or Date) as ISO 8601 in UTC. */
export function iso(instant: string | Date): string {
  return new Date(instant).toISOString();
}

export function isoOrNull(instant: string | Date | null): string | null {
  return instant === null ? null : iso(instant);
}
