/** The keyboard: the same on the curve and wherever nothing else wants the keys. */
function listenToKeys(state, stages, count, change, playback) {
  const moves = {
    ArrowRight: () => state.frame + 1,
    ArrowUp: () => state.frame + 1,
    ArrowLeft: () => state.frame - 1,
    ArrowDown: () => state.frame - 1,
    PageUp: () => stages.beside(state.frame, 1),
    PageDown: () => stages.beside(state.frame, -1),
    Home: () => 0,
    End: () => count - 1,
  };
  document.addEventListener('keydown', (event) => {
    const isOnCurve = event.target === find('scrub');
    if (event.altKey || event.ctrlKey || event.metaKey || !(isOnCurve || event.target === document.body)) return;
    if (event.key === ' ' || event.key === 'k') {
      playback.toggle();
    } else if (moves[event.key] && (isOnCurve || event.key.startsWith('ArrowLeft') || event.key.startsWith('ArrowRight'))) {
      change({ frame: moves[event.key](), isPlaying: false });
    } else {
      return;
    }
    event.preventDefault();
  });
}
