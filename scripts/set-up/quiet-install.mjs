// A Debian package can bring a service that starts at once and with the machine. The tests want its program alone:
// while the package is installed, policy-rc.d forbids every start (invoke-rc.d(8)), and afterwards its units are switched off.

/** Shell text, run as root, that installs `packages` and leaves none of `units` running or enabled. */
export function quietInstall(packages, units, policy = '/usr/sbin/policy-rc.d') {
  return `set -e
if [ ! -e ${policy} ]; then
  trap 'rm -f ${policy}' EXIT
  printf '#!/bin/sh\\nexit 101\\n' > ${policy}
  chmod 755 ${policy}
fi
apt-get install --yes --no-install-recommends ${packages.join(' ')}
for unit in ${units.join(' ')}; do
  systemctl disable --now "$unit" > /dev/null 2>&1 || true
done`;
}
