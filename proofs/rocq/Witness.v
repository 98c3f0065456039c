(* Exact inputs: every index in turn, points outside of a hull, sequences. *)

From Axiomkd Require Import Core Rules Means Limits.
From Axiomkd Require Export Enclosures.

Lemma not_in_hull : forall K V x y c, (1 <= K)%nat ->
  (forall k, (k < K)%nat -> rsum V (fun i => c i * y k i) < rsum V (fun i => c i * x i)) -> ~ in_hull K V x y.
Proof.
  intros K V x y c N H [v [P [S E]]].
  set (m := rsum V (fun i => c i * x i)) in *.
  assert (rsum V (fun i => c i * x i) = rsum K (fun k => v k * rsum V (fun i => c i * y k i))) as F.
  { rewrite (rsum_ext V _ (fun i => rsum K (fun k => v k * (c i * y k i)))).
    - rewrite rsum_swap. apply rsum_ext. intros. rewrite rsum_scal. reflexivity.
    - intros i Hi. rewrite (E i Hi), rsum_scal. apply rsum_ext. intros. ring. }
  fold m in F.
  assert (0 < rsum K (fun k => v k * (m - rsum V (fun i => c i * y k i)))) as Z.
  { apply rsum_mean_gt_0; [exact P | exact S|].
    intros k Hk. generalize (H k Hk). lra. }
  rewrite (rsum_ext K _ (fun k => m * v k + -1 * (v k * rsum V (fun i => c i * y k i)))) in Z by (intros; ring).
  rewrite rsum_linear, <- rsum_scal, S, <- F in Z. lra.
Qed.

Lemma each_below : forall (P : nat -> Prop) n, (forall k, (k < n)%nat -> P k) -> P n -> forall k, (k < S n)%nat -> P k.
Proof.
  intros P n H G k L. destruct (Nat.eq_dec k n) as [-> | D]; [exact G | apply H; lia].
Qed.
Lemma none_below : forall (P : nat -> Prop) k, (k < 0)%nat -> P k.
Proof. intros P k H. lia. Qed.
Arguments each_below P n & _ _ k _.
Ltac permutation_by_cases :=
  split;
  [ let k := fresh in let H := fresh in intros k H; do 8 (destruct k as [|k]; [simpl; lia|]); lia
  | let k := fresh in let l := fresh in let H := fresh in let G := fresh in
    intros k l H G; do 8 (destruct k as [|k]; [do 8 (destruct l as [|l]; [simpl; lia|]); lia|]); lia ].

(* Two sequences, one that falls to zero and one that grows beyond every bound. *)
Definition falling (n : nat) : R := / INR (S n).
Definition rising (n : nat) : R := INR (S n).
Lemma falling_gt_0 : forall n, 0 < falling n.
Proof. intros n. apply Rinv_0_lt_compat, lt_0_INR. lia. Qed.
Lemma rising_gt_0 : forall n, 0 < rising n.
Proof. intros n. apply lt_0_INR. lia. Qed.
Lemma rising_to_infinity : to_infinity rising.
Proof.
  intros M. destruct (archimed (Rmax M 0)) as [A _].
  assert (0 < IZR (up (Rmax M 0))) as P by (generalize (Rmax_r M 0); lra).
  exists (Z.to_nat (up (Rmax M 0))). intros n Hn. unfold rising.
  apply Rlt_le_trans with (IZR (up (Rmax M 0))); [generalize (Rmax_l M 0); lra|].
  apply lt_IZR in P. rewrite <- (Z2Nat.id (up (Rmax M 0))) by lia. rewrite <- INR_IZR_INZ. apply le_INR. lia.
Qed.
Lemma falling_to_zero : to_zero falling.
Proof.
  split; [exact falling_gt_0|]. generalize (inverse_to_zero rising rising_to_infinity).
  apply cv_ext. intros n. rewrite rpow_inv. reflexivity.
Qed.
Lemma cv_root : forall x t, 0 < x -> to_infinity t -> Un_cv (fun n => rpow x (rpow (t n) (-1))) 1.
Proof. exact Rules.root_tends_to_one. Qed.
Lemma limits_apart : forall a l m, Un_cv a l -> Un_cv a m -> l < m -> False.
Proof. intros a l m A B L. generalize (UL_sequence a l m A B). lra. Qed.

(* A size that is determined by the numbers of a statement's other sizes. *)
Ltac size_is M n := let E := fresh in assert (E : M = n) by (apply INR_eq; simpl in *; lra); subst M.
