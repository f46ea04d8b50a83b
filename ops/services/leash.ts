// Preloaded (`--import`) in every Node child: when the parent disappears without a word, the child stops as on SIGTERM.
// A grandchild that inherits the option has another parent and is left alone.
if (process.connected && process.env.SOFI_LEASH_HOLDER === String(process.ppid)) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
}
