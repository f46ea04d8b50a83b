import { useEffect } from 'react';
import { callApi } from '../../shared/http/api.ts';

const EXTEND_MS = 60_000;

/** While a review that I hold is open, its lease goes on; a failure shows by itself when the lease is over. */
export function useKeepClaim(id: string, mine: boolean): void {
  useEffect(() => {
    if (!mine) return;
    const timer = setInterval(() => {
      callApi(`/soumissions/${id}/claim`, { method: 'PUT', body: {} }).catch(() => undefined);
    }, EXTEND_MS);
    return () => clearInterval(timer);
  }, [id, mine]);
}
