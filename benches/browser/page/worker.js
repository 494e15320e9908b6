// Drives a module in a worker of its own, where the page would: `?driver.js` beside this file is loaded
// and its functions are called by name.
const driver = import(`./${location.search.slice(1)}`);

self.onmessage = async ({ data: { id, name, argument } }) => {
  try {
    self.postMessage({ id, value: await (await driver)[name](argument) });
  } catch (error) {
    self.postMessage({ id, error: String(error?.stack ?? error) });
  }
};
