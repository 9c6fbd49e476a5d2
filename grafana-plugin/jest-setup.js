// Jest setup provided by Grafana scaffolding
import './.config/jest-setup';

// jsdom has none; Grafana's menus watch whether they are scrolled to the end.
global.IntersectionObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
