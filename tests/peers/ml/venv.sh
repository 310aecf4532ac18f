# Makes the virtual environment that the peers of ml/ share, and sets `python`. Sourced from the repository's root.
ml_venv=target/peers/ml-venv
python=$ml_venv/bin/python
ml_packages='lightgbm==4.7.0 shap==0.51.0 scikit-learn==1.9.1 pandas==3.1.1 pyarrow==26.0.1'
if [ "$(cat "$ml_venv/packages" 2>/dev/null)" != "$ml_packages" ]; then
  python3 -m venv "$ml_venv"
  # shellcheck disable=SC2086
  "$ml_venv/bin/pip" install --quiet $ml_packages
  echo "$ml_packages" >"$ml_venv/packages"
fi
# A waiting OpenMP thread spins by default, which on a shared machine costs what it waits for.
export OMP_WAIT_POLICY=PASSIVE
