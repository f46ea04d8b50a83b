// Preloaded (`--import`) in every Node child: when the parent disappears without a word, the child stops as on SIGTERM.
if (process.connected) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
}
