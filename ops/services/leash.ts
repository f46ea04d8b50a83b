import { isAlive } from './process-identity.ts';

// Preloaded (`--import`) in every Node child: when the parent disappears without a word, the child stops as on SIGTERM.
// A grandchild that inherits the option has another parent and is left alone.
const holder = Number(process.env.SOFI_LEASH_HOLDER);
const stop = (): boolean => process.kill(process.pid, 'SIGTERM');
if (process.ppid === holder && process.connected) {
  process.once('disconnect', stop);
  process.channel?.unref();
} else if (holder > 0 && !isAlive(holder)) {
  stop();
}
