# Puts the project's own Node and pnpm on the PATH of this shell: `. scripts/env.sh`, from the top of the repository.
case "$(uname -m)" in
  aarch64 | arm64) anancus_arch=arm64 ;;
  *) anancus_arch=x64 ;;
esac
PATH="$PWD/toolchain/node_modules/node-linux-$anancus_arch/bin:$PWD/toolchain/node_modules/@pnpm/exe.linux-$anancus_arch:$PATH"
export PATH
unset anancus_arch
